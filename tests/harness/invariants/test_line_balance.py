"""Q1: each order line adds up."""

import pytest

from crossdock.tests.harness.histories import ASKED, AUTHORIZED, DELIVERED, TAKEN, finders, finding, judged
from crossdock.tests.harness.styles import HEALTHY, SPLIT, WAITING

CANCELLED_IN_PART = (
    f"{TAKEN} | release F2 west 1:10 | request R1 east F1 | ship S1 R1 1:6! | confirm S1 open"
    " | request R2 west F2 | withdraw F2 cancelRequested | stop R2"
)
TWO = "order 1:10 2:4 | erp SO1 | release F1 east 1:10 2:4 | request R1 east F1"

EXERCISED = {
    # A line of a confirmation, and each line of the ERP's order once something is confirmed.
    "everything is told as it happens": 2,
    "two shipments are told and billed each": 3,
    "two warehouses ship a line each": 4,
    "a short shipment has a case": 2,
    "zero lines are confirmed as well": 4,
    "the rest is backordered and follows": 3,
    "an empty last shipment closes the request": 3,
    "a credit hold lasts": 0,
    "cancelled before the pick": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_the_lines_that_it_could_judge(style: str, exercised: int) -> None:
    assert judged("Q1", HEALTHY[style]).exercised == exercised


def test_a_short_shipment_confirmed_whole_is_found_with_shipment_and_confirmation() -> None:
    text = f"{ASKED} | ship S1 R1 1:7! * | confirm S1 1:10 *"
    found = finding("Q1", text)
    assert found.key == "Q1/CO-A/S1/1"
    assert (found.expected, found.actual) == ("7 confirmed", "10 confirmed")
    assert found.because[:2] == (
        "east sent 7 of line 1 in S1, journal 15.",
        "The confirmation in exchange 16 says 10.",
    )


def test_a_line_that_stayed_but_was_confirmed_is_found() -> None:
    found = finding("Q1", f"{TWO} | ship S1 R1 1:10 * | confirm S1 1:10 2:4 *")
    assert found.summary == "line 2 of S1: 0 left the warehouse, the ERP was told 4"


def test_a_line_that_left_but_was_not_confirmed_is_found() -> None:
    found = finding("Q1", f"{TWO} | ship S1 R1 1:10 2:4! | confirm S1 1:10 2:0")
    assert found.summary == "line 2 of S1: 4 left the warehouse, the ERP was told 0"


def test_a_shipment_confirmed_as_the_last_although_more_comes_is_found() -> None:
    found = finding("Q1", f"{ASKED} | ship S1 R1 1:6 * | confirm S1 final *")
    assert found.key == "Q1/CO-A/S1/final"


def test_a_last_shipment_confirmed_as_if_more_came_leaves_the_line_stuck() -> None:
    text = f"{ASKED} | ship S1 R1 1:7! * | confirm S1 open * | invoice I1 S1 1:7 | status partiallyShipped"
    found = finding("Q1", text)
    assert found.key == "Q1/CO-A/stuck/1"
    assert found.actual == "3 open"


def test_a_line_stuck_open_may_still_come_right() -> None:
    outcome = judged("Q1", f"{ASKED} | ship S1 R1 1:7! | confirm S1 open")
    assert (len(outcome.broken), len(outcome.missing)) == (0, 1)


def test_a_quantity_that_was_entered_wrong_is_found_where_it_was_entered() -> None:
    found = finding("Q1", "order 1:10 | erp SO1 1:8 *")
    assert found.key == "Q1/CO-A/balance/1"
    assert (found.expected, found.actual) == ("shipped + open + backordered + cancelled = 10 SKU-1", "8 SKU-1")


def test_a_line_that_was_left_out_of_the_sales_order_is_found() -> None:
    assert finding("Q1", "order 1:10 2:4 | erp SO1 1:10 *").key == "Q1/CO-A/balance/2"


def test_a_line_that_nobody_ordered_is_found() -> None:
    assert finding("Q1", "order 1:10 | erp SO1 1:10 2:4 *").key == "Q1/CO-A/balance/2"


def test_another_item_than_was_ordered_is_found() -> None:
    found = finding("Q1", "order 1:10 | erp SO1 * | rename SO1 1 SKU-9")
    assert found.summary == "line 1: 10 SKU-1 ordered in the CRM, 10 SKU-9 accounted for in the ERP"


@pytest.mark.parametrize(
    "text",
    [
        "erp SO1 1:10 of CO-X",  # no such order in the CRM
        "order 1:10 | erp SO1 1:8c8 status rejected",  # what was rejected is nobody's
        f"{ASKED} | confirm S9 1:10",  # a shipment that no warehouse made is E2's affair
        f"{TWO} | ship S1 R1 1:10 2:4! | confirm S1 | release F2 east 1:3",  # a release nobody passed on is E3's
        f"{SPLIT}",  # the warehouse still works on the rest
        f"{WAITING}",  # the rest waits for stock
        f"{ASKED} | ship S1 R1 1:7! | ship S2 R1 1:0! in T2 | confirm S2 open",  # S1 is still untold
        CANCELLED_IN_PART,  # E3: the ERP was not told
    ],
)
def test_says_nothing_where_it_cannot_know_or_others_speak(text: str) -> None:
    assert not judged("Q1", text).findings


def test_one_wrong_confirmation_is_found_by_nobody_else() -> None:
    wrong = (
        DELIVERED.replace("1:10! |", "1:7! |")
        .replace("confirm S1", "confirm S1 1:10")
        .replace("I1 S1 1:10", "I1 S1 1:7")
    )
    assert finders(f"stock east 1:40 | {wrong} | case C1 shortShip") == {"Q1"}
    assert finders(f"stock east 1:40 | {wrong} | case C1 shortShip | case C1 resolved") == {"Q1"}


def test_a_receipt_that_is_booked_otherwise_than_it_came_is_found_with_both() -> None:
    found = finding("Q1", f"{AUTHORIZED} | come RC1 RMA1 1:3 1:1/damaged/scrap * | book-return RC1 1:3 *")
    assert found.summary == "line 1 of RC1: 4 SKU-1 came back, the ERP was told 3 SKU-1"
    assert "told as 3 EA and 1 EA" in found.because[0]


def test_cases_that_are_booked_as_pieces_are_found_in_pieces() -> None:
    whole = HEALTHY["goods come in cases"]
    found = finding("Q1", whole.replace("book-return RC1 1:24", "book-return RC1 1:2 *"))
    assert (found.expected, found.actual) == ("24 SKU-1 booked", "2 SKU-1 booked")


def test_another_item_that_is_booked_as_the_announced_one_is_found_twice() -> None:
    text = f"{AUTHORIZED} | come RC1 RMA1 1:4/wrongItem/quarantine/2 | book-return RC1 1:4/good/quarantine"
    assert len(judged("Q1", text).broken) == 2, "one item came that was not booked, one was booked that did not come"


def test_a_first_box_that_is_booked_as_the_last_is_found() -> None:
    found = finding("Q1", f"{AUTHORIZED} | come RC1 RMA1 1:1 * | book-return RC1 final *")
    assert found.summary == "RC1 was booked as the last receipt, and more was to come"


def test_says_nothing_of_conditions_and_dispositions_and_of_what_was_not_booked() -> None:
    came = f"{AUTHORIZED} | come RC1 RMA1 1:3 1:1/damaged/scrap"
    assert not judged("Q1", came).findings
    assert not judged("Q1", f"{came} | book-return RC1 1:4").findings
    assert not judged("Q1", f"{came} | book-return RC9 1:4").findings
