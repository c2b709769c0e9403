"""error-after-commit: the request is carried out, the answer says it was not."""

from crossdock.simulators.interference import Answer
from crossdock.tests.scenarios.conftest import Wire


def test_what_was_carried_out_is_answered_with_an_error(wire: Wire) -> None:
    armed = wire.arm("error-after-commit", party="erp", operation="createInvoice")
    assert wire.request("erp", "createInvoice") == Answer(502, "error-after-commit")
    assert wire.request("erp", "createInvoice") is None
    assert armed.fired == 1


def test_the_status_can_be_chosen_and_the_second_request_be_meant(wire: Wire) -> None:
    wire.arm("error-after-commit", party="erp", operation="createInvoice", status=504, nth=2)
    assert wire.request("erp", "createInvoice") is None
    assert wire.request("erp", "createInvoice") == Answer(504, "error-after-commit")


def test_a_request_that_was_refused_anyway_is_answered_as_it_is(wire: Wire) -> None:
    wire.arm("error-after-commit", party="erp", operation="createInvoice")
    assert wire.request("erp", "createInvoice", status=409) is None


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.others("error-after-commit", "erp", "createInvoice"))
