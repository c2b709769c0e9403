"""no-answer: the request is carried out, the answer never comes."""

from crossdock.simulators.interference import Withhold
from crossdock.tests.scenarios.conftest import Wire


def test_the_answer_to_the_first_such_request_is_withheld_and_to_the_next_it_is_not(wire: Wire) -> None:
    armed = wire.arm("no-answer", party="erp", operation="createSalesOrder", hold_s=12.0)
    assert wire.request("erp", "createSalesOrder") == Withhold(12.0, "no-answer")
    assert wire.request("erp", "createSalesOrder") is None
    assert armed.fired == 1


def test_a_request_that_was_refused_anyway_is_answered_and_did_not_strike(wire: Wire) -> None:
    armed = wire.arm("no-answer", party="erp", operation="createSalesOrder")
    assert wire.request("erp", "createSalesOrder", status=422) is None
    assert armed.fired == 0


def test_nothing_happens_before_the_request_is_carried_out(wire: Wire) -> None:
    from crossdock.simulators.interference import Message

    wire.arm("no-answer", party="erp", operation="createSalesOrder")
    message = Message("request", "erp", "createSalesOrder", "CO-A")
    assert wire.faults.before(message) is None
    assert isinstance(wire.faults.committed(message, 201), Withhold)


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.others("no-answer", "erp", "createSalesOrder"))
