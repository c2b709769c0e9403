"""token-expires: the access token ends in the middle of the work."""

import pytest

from crossdock.simulators.interference import Answer
from crossdock.simulators.refusal import Refusal
from crossdock.tests.scenarios.conftest import Wire


def test_the_token_is_void_from_this_request_on_and_a_new_one_can_be_had_at_once(wire: Wire) -> None:
    access = wire.world.parties["erp"].access
    wire.world.register_client("erp", "layer", "secret", ["erp.write"])
    old = access.issue("layer", "secret", frozenset(), 0.0)
    armed = wire.arm("token-expires", party="erp", operation="createInvoice")
    answer = wire.request("erp", "createInvoice")
    assert isinstance(answer, Answer)
    assert answer.status == 401
    assert answer.headers == (("WWW-Authenticate", 'Bearer error="invalid_token"'),)
    with pytest.raises(Refusal):
        access.check(old.value, frozenset(), 0.0)
    new = access.issue("layer", "secret", frozenset(), 0.0)
    assert access.check(new.value, frozenset(), 0.0).client == "layer"
    assert wire.request("erp", "createInvoice") is None
    assert armed.fired == 1


def test_the_tokens_of_other_parties_stay_good(wire: Wire) -> None:
    wire.world.register_client("crm", "layer", "secret", ["crm.write"])
    token = wire.world.parties["crm"].access.issue("layer", "secret", frozenset(), 0.0)
    wire.arm("token-expires", party="erp", operation="createInvoice")
    wire.request("erp", "createInvoice")
    assert wire.world.parties["crm"].access.check(token.value, frozenset(), 0.0).client == "layer"


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.others("token-expires", "erp", "createInvoice"))
