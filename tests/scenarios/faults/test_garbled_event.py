"""garbled-event: an event arrives as something that is none."""

import msgspec
import pytest

from crossdock.scenarios.faults.garbled_event import HALF_AN_EVENT
from crossdock.simulators.interference import Sending, Sendings
from crossdock.tests.scenarios.conftest import Wire

SUBMITTED = "crossdock.order.submitted.v1"


def test_the_first_try_brings_half_a_document(wire: Wire) -> None:
    armed = wire.arm("garbled-event", party="crm", event_type=SUBMITTED)
    assert wire.event("crm", SUBMITTED) == Sendings("garbled-event", (Sending(payload=HALF_AN_EVENT, once=True),))
    assert wire.event("crm", SUBMITTED) is None
    assert armed.fired == 1


def test_what_it_brings_is_no_json() -> None:
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(HALF_AN_EVENT)


def test_no_other_message_is_struck(wire: Wire) -> None:
    wire.arm("garbled-event", party="crm", event_type=SUBMITTED, order="B")
    assert wire.event("erp", SUBMITTED, "CO-B") is None
    assert wire.event("crm", SUBMITTED, "CO-A") is None
    assert wire.event("crm", SUBMITTED, "CO-B") is not None
