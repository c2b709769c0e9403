"""E1: every cause has its effect once."""

import pytest

from crossdock.tests.harness.histories import ASKED, CREDITED, DELIVERED, SHIPPED, TAKEN, finders, finding, judged
from crossdock.tests.harness.returning_styles import STORED
from crossdock.tests.harness.styles import HEALTHY, PER_ORDER, SPLIT

EXERCISED = {
    # The sales order, each fulfilment, each confirmation, each billed shipment.
    "everything is told as it happens": 4,
    "two shipments are told and billed each": 6,
    "one invoice names both shipments": 6,
    "two warehouses ship a line each": 7,
    "the first warehouse is cancelled before the ERP reroutes": 4,
    "it cancels the duplicate that it made itself": 4,
    "the ERP rejects the order": 0,
    "cancelled before the ERP knew of it": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_each_effect_that_could_be_doubled(style: str, exercised: int) -> None:
    assert judged("E1", HEALTHY[style]).exercised == exercised


def test_two_sales_orders_for_one_order_are_found_with_the_calls_that_made_them() -> None:
    found = finding("E1", "order 1:10 * | erp SO1 * | erp SO2 * | status accepted")
    assert found.key == "E1/CO-A/sales-order"
    assert found.actual == "2: SO1, SO2"
    assert found.because[1:3] == ("The ERP took SO1 for it in exchange 2.", "The ERP took SO2 for it in exchange 5.")


def test_three_sales_orders_of_which_one_was_cancelled_are_two_too_many() -> None:
    assert finding("E1", "order 1:10 | erp SO1 * | erp SO2 | erp SO3 * | cancel SO2").actual == "2: SO1, SO3"


def test_a_fulfilment_that_a_warehouse_has_twice_is_found() -> None:
    found = finding("E1", f"{TAKEN} | request R1 east F1 * | request R2 east F1 *")
    assert found.key == "E1/CO-A/request/F1"
    assert found.actual == "R1 at east, R2 at east"


def test_a_fulfilment_that_two_warehouses_have_is_found() -> None:
    text = f"{TAKEN} | request R1 east F1 * | release F1 west 1:10 | request R2 west F1 *"
    assert finding("E1", text).actual == "R1 at east, R2 at west"


def test_a_shipment_that_was_booked_twice_is_found() -> None:
    found = finding("E1", f"{ASKED} | ship S1 R1 1:4 * | confirm S1 * | confirm S1 *")
    assert found.key == "E1/CO-A/confirmation/S1"


def test_a_shipment_that_was_billed_twice_is_found() -> None:
    found = finding("E1", f"{SPLIT} | invoice I2 S1 1:4 *")
    assert found.key == "E1/CO-A/invoice/S1"
    assert found.expected == "one invoice for S1 (billing policy per-shipment)"
    assert found.actual == "I1, I2"


def test_an_order_that_was_billed_for_each_shipment_breaks_the_policy_of_one_bill() -> None:
    text = f"{SPLIT} | ship S2 R1 1:4! | confirm S2 | invoice I2 S2 1:4 *"
    found = finding("E1", text, billing="per-order")
    assert found.key == "E1/CO-A/invoice/SO1"
    assert not judged("E1", text).findings


def test_one_bill_for_the_order_is_what_the_policy_says() -> None:
    assert judged("E1", PER_ORDER["one invoice when all has left"], billing="per-order").exercised == 5


@pytest.mark.parametrize(
    "text",
    [
        "order 1:10 | withhold erp createSalesOrder no-answer",  # it may have happened, but it did not
        "order 1:10 | erp SO1 | withhold erp createSalesOrder no-answer | ask erp createSalesOrder",  # replayed
        "order 1:10 | erp SO1 1:10c10 status rejected | erp SO2 1:10c10 status rejected",
        f"{SHIPPED} | confirm S1 | invoice I1 S1 1:10 status cancelled | invoice I2 S1 1:10",
        f"{SHIPPED} | confirm S1 | invoice I1 S1,S1 1:10",  # the same shipment named twice on one bill
        f"{TAKEN} | request R1 east F1 | stop R1 | request R2 east F1",
        f"{TAKEN} | fail east createFulfilmentRequest 409 | request R1 east F1",
    ],
)
def test_says_nothing_where_only_one_effect_remains(text: str) -> None:
    assert not judged("E1", text).findings


def test_a_doubled_sales_order_that_runs_its_course_is_found_by_nobody_but_e1_and_q2() -> None:
    second = (
        "release F2 east 1:10 of SO2 | request R2 east F2 | ship S2 R2 1:10! | confirm S2 | invoice I2 S2 1:10 of SO2"
        " freight 9.50 | milestone T2 in_transit"
    )
    story = f"stock east 1:40 | {DELIVERED.replace('| erp SO1', '| erp SO1 | erp SO2')} | {second}"
    assert finders(story) == {"E1", "Q2"}


def test_a_doubled_sales_order_that_nobody_carries_out_is_found_by_nobody_else() -> None:
    story = f"{DELIVERED.replace('| erp SO1', '| erp SO1 | erp SO2')} | release F2 east 1:10 of SO2"
    assert finders(story) == {"E1"}


def test_a_doubled_invoice_is_found_by_nobody_else() -> None:
    story = f"{SPLIT} | invoice I2 S1 1:6 | ship S2 R1 1:4! | confirm S2 | fail erp createInvoice 409 | status shipped"
    assert finders(story + " | milestone T1 delivered | shown T1 delivered") == {"E1"}


def test_a_receipt_that_is_credited_twice_is_found_with_both_memos() -> None:
    found = finding("E1", CREDITED.replace("credit CM1 RC1 1:4", "credit CM1 RC1 1:2 * | credit CM2 RC1 1:2 *"))
    assert found.key == "E1/CO-A/credited/RC1"
    assert found.summary == "receipt RC1 was credited 2 times"


def test_a_return_that_is_authorized_twice_is_found() -> None:
    text = CREDITED.replace("authorize RMA1 1:4", "authorize RMA1 1:4 * | authorize RMA2 1:4 *")
    assert finding("E1", text).summary == "return request RR1 was authorized by the ERP 2 times"


def test_a_correction_that_is_booked_twice_is_found_with_both_movements() -> None:
    found = finding("E1", f"{STORED} | adjust A1 east 1:-2 * | book-correction A1 * | book-correction A1 *")
    assert (found.key, found.order_id) == ("E1//booked/A1", "")


def test_counts_what_came_of_each_step_of_a_return_and_of_each_correction() -> None:
    before = judged("E1", DELIVERED).exercised
    assert judged("E1", CREDITED).exercised == before + 4
    assert judged("E1", f"{STORED} | adjust A1 east 1:-2 | book-correction A1").exercised == 1
    assert judged("E1", f"{STORED} | adjust A1 east 1:-2").exercised == 0, "what was not booked is E3's affair"


def test_an_order_that_two_erps_have_is_doubled_and_the_finding_says_which() -> None:
    found = finding("E1", "goes-over NY 5 | order 1:10 * | erp SO1 * | erp SO2 at erp-cloud *")
    assert found.summary == "2 sales orders in erp and erp-cloud for one order of the customer"
    assert any(sentence.startswith("erp-cloud took SO2") for sentence in found.because)
