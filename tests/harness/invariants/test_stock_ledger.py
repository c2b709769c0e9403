"""Q3: the stock ledger closes."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from crossdock.contracts.objects import Quantity
from crossdock.harness.fold import Fold
from crossdock.harness.invariant import Outcome, Terms, invariants
from crossdock.harness.seen import Seen
from crossdock.tests.harness.histories import ASKED, AUTHORIZED, DELIVERED, entries, finders, finding, fold, judged
from crossdock.tests.harness.returning_styles import STORED

LINE_STAYED = (
    "stock east 1:40 2:8 | order 1:10 2:4 | erp SO1 | release F1 east 1:10 2:4 | request R1 east F1"
    " | ship S1 R1 1:10! | confirm S1 1:10 2:4"
)
STOCKED = f"stock east 1:40 | {ASKED}"
WHOLE = f"stock east 1:40 | {DELIVERED}"


@pytest.mark.parametrize(
    ("text", "exercised"),
    [
        (WHOLE, 1),
        (DELIVERED, 0),  # there never was a stock
        (STOCKED, 0),  # nothing but the opening balance
        ("stock east 1:40 | stock west 1:40", 0),
        (f"stock east 1:40 | stock east 1:5 | {DELIVERED}", 1),
        ("stock east 1:40 2:8 | stock east 1:2 2:2 | order 1:1", 2),
    ],
)
def test_counts_the_items_that_moved(text: str, exercised: int) -> None:
    outcome = judged("Q3", text)
    assert (outcome.exercised, outcome.findings) == (exercised, [])


def test_a_book_that_was_changed_by_itself_is_found_with_the_movement() -> None:
    found = finding("Q3", f"{WHOLE} | book east 1:-3 *")
    assert found.key == "Q3//east/SKU-1/count"
    assert found.summary == "SKU-1 at east: the book has 27, the warehouse counts 30"
    assert found.because[1] == "Every shipment of it was confirmed once, as it was."


def test_a_correction_in_place_of_a_confirmation_is_found() -> None:
    text = f"{WHOLE} | release F2 east 1:3 | request R2 east F2 | book east 1:-3 *"
    assert finding("Q3", text).actual == "the book has 27, the warehouse counts 30"


def _ledger(text: str) -> Fold:
    made = Fold()
    for entry in entries(text):
        made.take(entry)
    return made


def _judge(made: Fold) -> Outcome:
    outcome = Outcome("Q3")
    invariants["Q3"]().world(made.trails, made.stocks, Terms(), outcome)
    return outcome


def test_a_balance_that_is_not_the_sum_of_its_movements_is_found() -> None:
    made = _ledger(f"stock east 1:1 | {WHOLE}")
    made.stocks[("east", "SKU-1")].moved -= 1
    assert [found.key for found in _judge(made).findings] == ["Q3//east/SKU-1/ledger"]


def test_a_promise_of_more_than_there_was_is_found_though_it_was_put_right() -> None:
    made = _ledger(WHOLE)
    stock = made.stocks[("east", "SKU-1")]
    right = stock.books["erp"]
    short = replace(right.what, available_to_promise=Quantity(Decimal(-1), "EA"))
    stock.positioned(Seen(short, 7, 0, right.at, "erp"))
    stock.positioned(right)
    (found,) = _judge(made).findings
    assert found.key == "Q3//east/SKU-1/promised"
    assert 7 in found.exchanges


@pytest.mark.parametrize(
    "text",
    [
        f"{STOCKED} | book east 1:1 | book east 1:-1 | ship S1 R1 1:10!",  # not confirmed: E3's affair
        f"{STOCKED} | ship S1 R1 1:7! | confirm S1 1:10",  # confirmed otherwise: Q1's
        f"{STOCKED} | ship S1 R1 1:4 | confirm S1 | confirm S1",  # confirmed twice: E1's
        f"{STOCKED} | confirm S9 1:10",  # never shipped: E2's
        LINE_STAYED,  # a line that stayed: Q1's
    ],
)
def test_says_nothing_of_differences_that_others_explain(text: str) -> None:
    assert not judged("Q3", text).findings


def test_another_order_of_the_same_item_is_still_held_to_the_count() -> None:
    made = fold(f"{WHOLE} | book east 1:-3")
    assert _judge(made).findings


def test_a_changed_book_is_found_by_nobody_else() -> None:
    assert finders(f"{WHOLE} | book east 1:-3") == {"Q3"}


BROKEN = f"stock east 1:40 | {AUTHORIZED} | come RC1 RMA1 1:3 1:1/damaged/scrap"


def test_broken_goods_that_are_booked_as_saleable_are_found_with_receipt_and_booking() -> None:
    found = finding("Q3", f"{BROKEN} * | book-return RC1 1:3 1:1/damaged/restock *")
    assert found.actual == "the book has 34, the warehouse counts 33"
    assert found.because[2].startswith("RC1 was booked in exchange ")


def test_what_is_on_hold_or_damaged_is_in_no_book() -> None:
    aside = f"{STORED} | adjust A1 east 1:5 part damaged | adjust A2 east 1:-2 | book-correction A2"
    assert not judged("Q3", aside).findings
    assert not judged("Q3", f"{BROKEN} | book-return RC1").findings


@pytest.mark.parametrize(("booked", "says"), [("-1", "-1"), ("12", "12"), ("-12.5", "-12.5")])
def test_a_correction_that_is_booked_otherwise_is_found_with_both(booked: str, says: str) -> None:
    found = finding("Q3", f"{STORED} | adjust A1 east 1:-1CA * | book-correction A1 {booked} *")
    assert (found.expected, found.actual) == ("-12 booked", f"{says} EA")
    assert found.because[0].startswith("People at east corrected available by -1 CA ")


def test_a_correction_of_what_is_in_no_book_is_not_to_be_booked() -> None:
    found = finding("Q3", f"{STORED} | adjust A1 east 1:3 part onHold * | book-correction A1 3 *")
    assert found.expected == "nothing booked: it concerns no saleable goods"


def test_a_count_that_is_told_otherwise_is_found() -> None:
    found = finding("Q3", f"{STORED} | count N1 east 1 * | tell-count N1 1 39 *")
    assert (found.key, found.expected, found.actual) == ("Q3//east/SKU-1/N1", "40 EA", "39 EA")


def test_counts_each_correction_and_each_count_that_was_told() -> None:
    text = f"{STORED} | adjust A1 east 1:-2 | book-correction A1 | count N1 east 1 | tell-count N1 1"
    assert judged("Q3", text).exercised == 3, "and the book as a whole"
    assert judged("Q3", f"{STORED} | adjust A1 east 1:-2 | count N1 east 1").exercised == 0


@pytest.mark.parametrize(
    "text",
    [
        f"{BROKEN}",  # not booked: E3's affair
        f"{BROKEN} | book-return RC1 1:2",  # otherwise: Q1's
        f"{BROKEN} | book-return RC1 | book-return RC1",  # twice: E1's
        f"{BROKEN} | book-return RC1 | book-return RC9 1:2",  # never came: E2's
        f"{STORED} | adjust A1 east 1:-2 | stock east 1:1",  # not booked: E3's
        f"{STORED} | adjust A1 east 1:-2 | book-correction A1 | book-correction A1",  # twice: E1's
        f"{STORED} | adjust A1 east 1:-2 | swallow inventory.adjusted A1 | stock east 1:1",
    ],
)
def test_says_nothing_of_returns_and_corrections_that_others_explain(text: str) -> None:
    assert not judged("Q3", text).findings
