"""M1: what is billed is what was shipped, at the agreed price."""

import pytest

from crossdock.tests.harness.histories import ASKED, SHIPPED, finders, finding, judged
from crossdock.tests.harness.styles import HEALTHY, PARTIAL, PER_ORDER

TWO = (
    "order 1:10@12.50 2:4 | erp SO1 | release F1 east 1:10 2:4 | request R1 east F1 | ship S1 R1 1:10 2:4! | confirm S1"
)
EXERCISED = {
    # For each invoice its lines' quantities, its lines' prices, and the freight.
    "everything is told as it happens": 3,
    "two shipments are told and billed each": 6,
    "one invoice names both shipments": 3,
    "two short lines share a case": 5,
    "two warehouses ship a line each": 6,
    "cancelled before the pick": 0,
    "a parcel fails for good": 3,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_what_stands_on_the_bills(style: str, exercised: int) -> None:
    assert judged("M1", HEALTHY[style]).exercised == exercised


def test_a_short_shipment_billed_whole_is_found_with_shipment_and_invoice() -> None:
    found = finding("M1", f"{ASKED} | ship S1 R1 1:7! * | confirm S1 | invoice I1 S1 1:10 *")
    assert found.key == "M1/CO-A/I1/1/quantity"
    assert (found.expected, found.actual) == ("7 billed on I1", "10 billed")
    assert found.because == (
        "Ordered on line 1: 10.",
        "S1 left east with 7 (journal 15).",
        "I1 bills 10 for S1 (exchange 19).",
        "10 ≠ 7: M1 is broken.",
    )
    assert "is asked for 30.00 USD net for 3 of SKU-1 that never left" in found.consequence


def test_fewer_billed_than_shipped_are_found_as_given_away() -> None:
    found = finding("M1", f"{SHIPPED} | invoice I1 S1 1:9 *")
    assert found.consequence.startswith("10.00 USD net for 1 of SKU-1 are given away")


def test_a_line_that_was_left_out_of_the_bill_is_found() -> None:
    assert finding("M1", f"{TWO} | invoice I1 S1 1:10@12.50 *").summary == "line 2: 4 shipped, 0 billed"


def test_a_line_that_never_left_but_is_billed_is_found() -> None:
    found = finding("M1", f"{ASKED} | ship S1 R1 1:10! | invoice I1 S1 1:10 2:1 *")
    assert found.because[1] == "S1 left east with none of it (journal 15)."


def test_a_bill_for_two_shipments_is_measured_by_both() -> None:
    text = f"{ASKED} | ship S1 R1 1:6 * | ship S2 R1 1:3! * | confirm S1 | confirm S2 | invoice I1 S1,S2 1:10 *"
    assert finding("M1", text).because[-2].startswith("I1 bills 10 for S1, S2 ")


def test_another_price_than_was_agreed_is_found_with_the_sales_order_that_it_came_from() -> None:
    found = finding(
        "M1",
        "order 1:10@12.50 * | erp SO1 * | release F1 east 1:10 | request R1 east F1 | ship S1 R1 1:10!"
        " | confirm S1 | invoice I1 S1 1:10@12.05 *",
    )
    assert found.key == "M1/CO-A/I1/1/price"
    assert (found.expected, found.actual) == ("12.50 USD", "12.05 USD")


def test_a_price_in_more_digits_is_the_same_price() -> None:
    assert not judged("M1", f"{TWO} | invoice I1 S1 1:10@12.500 2:4@10").findings


def test_freight_on_every_invoice_is_found() -> None:
    text = f"{ASKED} | ship S1 R1 1:6 | invoice I1 S1 1:6 | ship S2 R1 1:4! | invoice I2 S2 1:4 freight 9.50 *"
    found = finding("M1", text)
    assert found.key == "M1/CO-A/I2/freight"
    assert found.summary == "I2 bills 9.50 USD freight instead of 0.00 USD"


def test_freight_on_no_invoice_is_found() -> None:
    assert finding("M1", f"{SHIPPED} | invoice I1 S1 1:10 freight 0.00 *").expected == "9.50 USD"


@pytest.mark.parametrize(
    "text",
    [
        "erp SO1 1:10 of CO-X",
        f"{ASKED} | invoice I1 S1 1:10",  # before anything left: S2's affair
        f"{SHIPPED} | invoice I1 S1,S9 1:99",  # names what never was: E2's
        f"{SHIPPED} | invoice I1 S1 1:99@1.00 freight 3.00 status cancelled",
        f"{SHIPPED} | withhold erp createInvoice no-answer",
        f"{SHIPPED} | invoice I1 S1 1:10 | erp SO2 | invoice I2 S1 1:10 of SO2 freight 9.50",  # doubled: E1's
    ],
)
def test_says_nothing_where_it_cannot_know_or_others_speak(text: str) -> None:
    assert not judged("M1", text).findings


def test_a_bill_per_order_is_measured_by_all_its_shipments() -> None:
    text = PER_ORDER["one invoice when all has left"]
    assert judged("M1", text, billing="per-order").exercised == 3
    assert finding("M1", text.replace("S1,S2 1:10", "S1,S2 1:9"), billing="per-order").actual == "9 billed"


def test_a_bill_over_the_whole_order_is_found_by_nobody_else() -> None:
    story = PARTIAL["a short shipment has a case"].replace("invoice I1 S1 1:7", "invoice I1 S1 1:10")
    assert finders(f"stock east 1:40 | {story}") == {"M1"}


def test_a_bill_over_the_whole_order_that_leaves_nothing_for_the_second_is_found_by_nobody_else() -> None:
    story = PARTIAL["two shipments are told and billed each"].replace("I1 S1 1:6", "I1 S1 1:10")
    assert finders(story.replace("invoice I2 S2 1:4", "fail erp createInvoice 409")) == {"M1"}
