"""M2: what is paid back is what was accepted back, at the billed price."""

import pytest

from crossdock.tests.harness.histories import AUTHORIZED, CREDITED, DELIVERED, finders, finding, judged
from crossdock.tests.harness.styles import HEALTHY

BROKEN = f"{AUTHORIZED} | come RC1 RMA1 1:3 1:1/damaged/scrap * | book-return RC1 | case C1 returnException"
EXERCISED = {
    # For each return its lines' quantities, for each memo its lines' prices, and each line against its bills.
    "all that is wanted back comes back": 3,
    "a return comes in two boxes": 4,
    "two boxes are credited together": 3,
    "two returns of one order": 5,
    "all of it is broken": 0,
    "the goods are still on their way back": 0,
    "everything is told as it happens": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_what_stands_on_the_credit_memos(style: str, exercised: int) -> None:
    assert judged("M2", HEALTHY[style]).exercised == exercised


def test_broken_goods_that_are_paid_for_are_found_with_receipt_and_memo() -> None:
    found = finding("M2", f"{BROKEN} | credit CM1 RC1 1:4 *")
    assert found.key == "M2/CO-A/RMA1/1"
    assert (found.expected, found.actual) == ("3 credited", "4 credited")
    assert found.because[1:3] == (
        "east received 3 EA good in RC1 (journal 47).",
        "east received 1 EA damaged in RC1 (journal 47).",
    )
    assert found.consequence.endswith(
        "10.00 USD net for 1 of line 1 that the warehouse did not accept and nobody can sell"
    )


def test_more_than_was_authorized_is_found_whatever_came() -> None:
    assert finding("M2", f"{AUTHORIZED} | come RC1 RMA1 1:6 | book-return RC1 | credit CM1 RC1 1:6 *").expected == (
        "4 credited"
    )


def test_less_than_was_accepted_may_still_come_right() -> None:
    text = f"{AUTHORIZED} | come RC1 RMA1 1:4 | book-return RC1 | credit CM1 RC1 1:3"
    assert [found.actual for found in judged("M2", text).missing] == ["3 credited"]
    assert not judged("M2", text).broken


def test_another_item_in_the_box_is_not_paid_for() -> None:
    text = f"{AUTHORIZED} | come RC1 RMA1 1:3 1:1/wrongItem/quarantine/2! | book-return RC1 | credit CM1 RC1 1:4"
    assert finding("M2", text).expected == "3 credited"


def test_another_price_than_was_billed_is_found() -> None:
    found = finding("M2", CREDITED.replace("credit CM1 RC1 1:4", "credit CM1 RC1 1:4@9.00 *"))
    assert (found.expected, found.actual) == ("10.00 USD", "9.00 USD")


def test_more_than_was_billed_over_all_returns_is_found() -> None:
    text = CREDITED.replace("invoice I1 S1 1:10", "invoice I1 S1 1:3 *")
    assert [found.key for found in judged("M2", text).broken] == ["M2/CO-A/billed/1"]


@pytest.mark.parametrize(
    "text",
    [
        "order 1:10",
        AUTHORIZED,
        f"{AUTHORIZED} | come RC1 RMA1 1:4 | book-return RC1",  # not credited at all: E3's affair
        f"{CREDITED} | credit CM2 RC1 1:4",  # credited twice: E1's
        f"{AUTHORIZED} | come RC1 RMA1 1:4 | book-return RC1 1:2 | credit CM1 RC1 1:2",  # booked otherwise: Q1's
        f"{AUTHORIZED} | book-return RC9 1:4 | credit CM1 RC9 1:4",  # before anything came: S2's
        f"{AUTHORIZED} | come RC1 RMA1 1:3! | swallow return.received RC1",
        CREDITED.replace("credit CM1 RC1 1:4", "credit CM1 RC1 1:4 in EUR"),  # M3's
    ],
)
def test_says_nothing_of_what_others_speak_of(text: str) -> None:
    assert not judged("M2", text).findings


def test_a_credit_without_any_bill_is_found_and_nothing_breaks_for_want_of_one() -> None:
    text = CREDITED.replace("| invoice I1 S1 1:10 ", "| ")
    assert [found.summary for found in judged("M2", text).findings] == ["line 1: 0 billed, 4 credited"]


def test_broken_goods_that_are_paid_for_are_found_by_nobody_else() -> None:
    assert finders(f"stock east 1:40 | {BROKEN.replace(' *', '')} | credit CM1 RC1 1:4 | told-back RR1 credited") == {
        "M2"
    }


def test_a_return_of_an_order_that_was_never_placed_breaks_nothing() -> None:
    assert not judged("M2", DELIVERED).findings
