"""R3: what can't be processed holds up nothing else."""

import pytest

from crossdock.tests.harness.histories import ASKED, BILLED, DELIVERED, SHIPPED, TAKEN, finders, finding, judged
from crossdock.tests.harness.styles import HEALTHY

HELD_UP = "order 1:10 | poison erp createSalesOrder"
STEPS = {
    "order": HELD_UP,
    "release": f"{TAKEN} | poison east createFulfilmentRequest",
    "shipment": f"{SHIPPED} | poison erp confirmShipment",
    "bill": f"{SHIPPED} | confirm S1 | status shipped 1:10 | poison erp createInvoice",
}


def test_counts_the_calls_that_got_through_after_one_that_could_not() -> None:
    assert judged("R3", HEALTHY["another order is refused at createSalesOrder"]).exercised == 1
    assert judged("R3", HEALTHY["another order is refused in each step"]).exercised == 2
    assert judged("R3", HEALTHY["everything is told as it happens"]).exercised == 0


@pytest.mark.parametrize("step", STEPS)
def test_what_waits_behind_another_order_is_found_by_nobody_else(step: str) -> None:
    assert finders(STEPS[step]) == {"R3"}
    assert finding("R3", STEPS[step]).key.startswith(f"R3/CO-A/{step}")


def test_the_poison_and_what_waits_are_the_evidence() -> None:
    found = finding("R3", "order 1:10 * | poison erp createSalesOrder *")
    assert found.summary == "no sales order in the ERP, since createSalesOrder of CO-P at erp can't get through"


def test_it_comes_right_when_the_effect_comes() -> None:
    assert judged("R3", HELD_UP).missing
    assert not judged("R3", f"{HELD_UP} | erp SO1").findings


@pytest.mark.parametrize(
    "text",
    [
        "order 1:10",  # nothing is in its way: E3
        "order 1:10 | poison erp createInvoice",  # nothing that it waits for
        "order 1:10 | poison erp createSalesOrder 503",  # it may come through yet
        f"{TAKEN} | poison west createFulfilmentRequest",  # another warehouse
        "order 1:10 | fail erp createSalesOrder 422",  # it is refused itself
        f"{HELD_UP} | fail erp createSalesOrder 422",  # and so was it itself
        f"{HELD_UP} | case C1 integrationError",  # somebody was told
        f"{HELD_UP} | swallow order.submitted CO-A",
        f"{ASKED} | poison east createFulfilmentRequest",
        f"{BILLED} | poison erp createInvoice",
    ],
)
def test_says_nothing_where_nothing_waits_behind_another(text: str) -> None:
    assert not judged("R3", text).findings


def test_once_another_order_got_through_the_loss_has_another_reason() -> None:
    text = "order 1:10 | poison erp createSalesOrder | erp SO9 1:10 of CO-X"
    assert not judged("R3", text).findings
    assert judged("E3", text).findings


def test_what_was_tried_before_the_poison_came_waits_for_something_else() -> None:
    text = "order 1:10 | fail erp createSalesOrder 503 | poison erp createSalesOrder"
    assert not judged("R3", text).findings
    assert judged("E3", text).findings


def test_what_the_layer_was_told_before_the_poison_does_not_wait_behind_it() -> None:
    text = "order 1:10 | another CO-P | poison erp createSalesOrder"
    assert not judged("R3", text).findings
    assert judged("E3", text).findings


def test_a_file_that_nobody_can_read_holds_up_nothing_for_what_is_missing_may_stand_in_it() -> None:
    unread = f"{TAKEN} | unusable east bad-form requests.csv row 1 other of none"
    assert not judged("R3", unread).findings
    assert finding("E3", unread).summary.startswith("no request for")


def test_e3_still_speaks_of_what_does_not_wait() -> None:
    text = DELIVERED.replace("| confirm S1 ", "| poison erp createInvoice ").partition("| invoice")[0]
    assert finders(text) == {"E3"}
