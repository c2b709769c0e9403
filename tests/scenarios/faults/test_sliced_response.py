"""sliced-response: the answer comes in many small packets."""

from crossdock.scenarios.wire.rule import Pace
from crossdock.simulators.interference import OnTheWire
from crossdock.tests.scenarios.faults.between import Struck


def test_the_answer_of_a_request_that_took_effect_meets_it_on_its_way(struck: Struck) -> None:
    armed = struck.arm("sliced-response", party="erp", operation="createInvoice", piece_octets=3, every_s=0.01)

    assert struck.request("erp", "createInvoice") == OnTheWire("sliced-response")

    (laid,) = struck.line.laid
    assert (laid.rule, laid.way, laid.one_answer) == (Pace(3, 0.01), "down", True)
    assert (armed.fired, struck.told()) == (0, []), "it strikes when the wire says so"
    laid.struck()
    assert armed.fired == 1
    detail = {"place": "relay", "effect": "pace"}
    assert struck.told() == [("sliced-response", "erp", "CO-A", detail)]


def test_a_request_that_is_refused_is_answered_in_full(struck: Struck) -> None:
    struck.arm("sliced-response", party="erp", operation="createInvoice", piece_octets=3, every_s=0.01)
    assert struck.request("erp", "createInvoice", status=422) is None
    assert struck.line.laid == []


def test_no_other_message_is_struck(struck: Struck) -> None:
    assert not any(struck.others("sliced-response", "erp", "createInvoice"))
    assert struck.line.laid == []
