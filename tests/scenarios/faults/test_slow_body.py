"""slow-body: the answer begins at once and goes on drop by drop."""

from crossdock.scenarios.wire.rule import Pace
from crossdock.simulators.interference import OnTheWire
from crossdock.tests.scenarios.faults.between import Struck


def test_the_answer_of_a_request_that_took_effect_meets_it_on_its_way(struck: Struck) -> None:
    armed = struck.arm(
        "slow-body", party="erp", operation="createInvoice", free_octets=90, piece_octets=10, every_s=0.5
    )

    assert struck.request("erp", "createInvoice") == OnTheWire("slow-body")

    (laid,) = struck.line.laid
    assert (laid.rule, laid.way, laid.one_answer) == (Pace(10, 0.5, free_octets=90), "down", True)
    assert (armed.fired, struck.told()) == (0, []), "it strikes when the wire says so"
    laid.struck()
    assert armed.fired == 1
    detail = {"place": "relay", "effect": "pace"}
    assert struck.told() == [("slow-body", "erp", "CO-A", detail)]


def test_a_request_that_is_refused_is_answered_in_full(struck: Struck) -> None:
    struck.arm("slow-body", party="erp", operation="createInvoice", free_octets=90, piece_octets=10, every_s=0.5)
    assert struck.request("erp", "createInvoice", status=422) is None
    assert struck.line.laid == []


def test_no_other_message_is_struck(struck: Struck) -> None:
    assert not any(struck.others("slow-body", "erp", "createInvoice"))
    assert struck.line.laid == []
