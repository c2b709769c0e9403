"""cut-response: the answer ends at an octet, as if it had been sent."""

from crossdock.scenarios.wire.rule import Cut
from crossdock.simulators.interference import OnTheWire
from crossdock.tests.scenarios.faults.between import Struck


def test_the_answer_of_a_request_that_took_effect_meets_it_on_its_way(struck: Struck) -> None:
    armed = struck.arm("cut-response", party="erp", operation="createInvoice", after_octets=80)

    assert struck.request("erp", "createInvoice") == OnTheWire("cut-response")

    (laid,) = struck.line.laid
    assert (laid.rule, laid.way, laid.one_answer) == (Cut(80, reset=False), "down", True)
    assert (armed.fired, struck.told()) == (0, []), "it strikes when the wire says so"
    laid.struck()
    assert armed.fired == 1
    detail = {"place": "relay", "effect": "cut"}
    assert struck.told() == [("cut-response", "erp", "CO-A", detail)]


def test_a_request_that_is_refused_is_answered_in_full(struck: Struck) -> None:
    struck.arm("cut-response", party="erp", operation="createInvoice", after_octets=80)
    assert struck.request("erp", "createInvoice", status=422) is None
    assert struck.line.laid == []


def test_no_other_message_is_struck(struck: Struck) -> None:
    assert not any(struck.others("cut-response", "erp", "createInvoice"))
    assert struck.line.laid == []
