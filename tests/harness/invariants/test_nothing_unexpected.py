"""E2: nothing happens without a cause."""

import pytest

from crossdock.tests.harness.histories import (
    ASKED,
    AUTHORIZED,
    DELIVERED,
    SHIPPED,
    TAKEN,
    finders,
    finding,
    history,
    judged,
)
from crossdock.tests.harness.styles import HEALTHY

EXERCISED = {
    # Each sales order, request, confirmation and invoice, live or not.
    "everything is told as it happens": 4,
    "it cancels the duplicate that it made itself": 5,
    "the first warehouse is cancelled before the ERP reroutes": 5,
    "two shipments are told and billed each": 6,
    "the rest is backordered and follows": 7,
    "cancelled before the ERP knew of it": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_every_effect(style: str, exercised: int) -> None:
    assert judged("E2", HEALTHY[style]).exercised == exercised


def test_a_sales_order_for_an_order_that_nobody_placed_is_found() -> None:
    found = finding("E2", "erp SO1 1:10 of CO-X *")
    assert found.key == "E2/CO-X/sales-order/SO1"
    assert found.expected == "an order CO-X in the CRM"


def test_a_request_that_the_layer_made_up_is_found() -> None:
    found = finding("E2", f"{TAKEN} | request R1 west F9 1:10 *")
    assert found.key == "E2/CO-A/request/west/R1"
    assert found.actual == "the ERP released none such"


def test_a_request_at_another_warehouse_than_the_erp_released_it_to_is_found_with_the_release() -> None:
    story = "order 1:10 | erp SO1 | release F1 east 1:10 * | request R1 west F1 *"
    assert finding("E2", story).actual == "the ERP released it to east"


def test_a_request_after_the_erp_cancelled_the_fulfilment_is_found() -> None:
    found = finding("E2", f"{TAKEN} | wish | cancel SO1 cancelPending | withdraw F1 * | request R1 east F1 *")
    assert found.summary.endswith("has no cause: the ERP cancelled it in journal 13, before that")


WITHDRAWN = f"{TAKEN} | request R1 east F1"


def test_a_fulfilment_reported_as_cancelled_while_the_warehouse_works_on_it_is_found() -> None:
    found = finding("E2", f"{WITHDRAWN} * | report_cancelled F1 *")
    assert found.key == "E2/CO-A/withdrawn/F1"
    assert found.actual == "east has it as accepted"


@pytest.mark.parametrize(
    "story",
    [
        f"{WITHDRAWN} | stop R1 | report_cancelled F1",
        f"{WITHDRAWN} | report_cancelled F1 | stop R1",
        f"{TAKEN} | report_cancelled F1",
        f"{WITHDRAWN} | withdraw F1",
    ],
    ids=["it gave it up", "it gave it up a little later", "it never had it", "the ERP's own people"],
)
def test_a_fulfilment_that_no_warehouse_works_on_may_be_reported_as_cancelled(story: str) -> None:
    assert not judged("E2", story).findings


def test_a_confirmation_of_a_shipment_that_never_was_is_found() -> None:
    found = finding("E2", f"{ASKED} | confirm S9 1:10 *")
    assert found.key == "E2/CO-A/confirmation/F1/S9"
    assert found.actual == "no warehouse made one"


def test_a_confirmation_for_another_fulfilment_is_found() -> None:
    story = (
        "order 1:10 | erp SO1 | release F1 east 1:6 | release F2 east 1:4 | request R1 east F1 | request R2 east F2"
        " | ship S2 R2 1:4! * | confirm S2 of F1 *"
    )
    assert finding("E2", story).actual == "it was made for F2"


def test_an_invoice_for_a_shipment_that_never_was_is_found() -> None:
    found = finding("E2", f"{SHIPPED} | confirm S1 | invoice I1 S1,S9 1:10 *")
    assert found.key == "E2/CO-A/invoice/I1"
    assert found.expected == "shipments S9 at a warehouse"


@pytest.mark.parametrize(
    "text",
    [
        "order 1:10 | erp SO1 | fail erp createSalesOrder 422",
        f"{TAKEN} | request R1 east F1 | withdraw F1",  # wanted when it was made
        f"{ASKED} | invoice I1 S9 1:10",  # a bill before anything left is S2's affair
        f"{TAKEN} | release F1 west 1:10 | request R1 east F1",  # was released to both, one after the other
    ],
)
def test_says_nothing_where_there_was_a_cause_or_others_speak(text: str) -> None:
    assert not judged("E2", text).findings


def test_an_unknown_order_has_a_trail_of_its_own() -> None:
    assert history("order 1:1 | erp SO1 1:1 of CO-X").sales_orders == {}


def test_a_request_at_the_wrong_warehouse_is_found_by_nobody_else() -> None:
    story = (
        f"stock east 1:40 | stock west 1:40 | {TAKEN} | request R1 west F1 | status released | ship S1 R1 1:10!"
        " | fail erp confirmShipment 409 | milestone T1 delivered"
    )
    assert finders(story) == {"E2"}
    assert finders(f"{story} | shown T1 delivered") == {"E2"}


def test_a_return_that_nobody_asked_for_is_found() -> None:
    found = finding("E2", f"{DELIVERED} | authorize RMA1 1:4 *")
    assert (found.key, found.actual) == ("E2/CO-A/return/RMA1", "the CRM has no return request of this order")
    assert not judged("E2", f"{DELIVERED} | people authorize RMA1 1:4").findings, "the ERP's people may"


def test_a_return_that_is_announced_elsewhere_is_found_with_its_authorization() -> None:
    found = finding("E2", AUTHORIZED.replace("authorize RMA1 1:4", "authorize RMA1 1:4 *") + " west *")
    assert (found.key, found.actual) == ("E2/CO-A/announced/west/RMA1", "the ERP sends it to east")


def test_a_booking_of_what_never_came_is_found_once_something_had_come() -> None:
    came = f"{AUTHORIZED} | come RC1 RMA1 1:1 | book-return RC1"
    assert finding("E2", f"{came} | book-return RC9 1:3 *").actual == "no warehouse made one"
    assert not judged("E2", f"{AUTHORIZED} | book-return RC9 1:3").findings, "nothing had come: S2's affair"
