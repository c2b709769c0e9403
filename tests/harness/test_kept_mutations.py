"""Returns, stock, customers and items with one thing left out, doubled or done wrong: somebody must notice, and nobody
too many.
"""

import pytest

from crossdock.tests.harness.histories import AUTHORIZED, CREDITED, finders
from crossdock.tests.harness.returning_styles import SPREAD, STORED

STORY = f"stock east 1:40 | {CREDITED}"
LEFT_OUT = {
    "told-back RR1 authorized RMA1": {"C1"},  # the RMA is never shown
    "book-return RC1": {"E3"},
    "told-back RR1 credited": {"C1"},
}
DOUBLED = {
    "authorize RMA1 1:4": ("authorize RMA1 1:4 | authorize RMA2 1:4", {"E1"}),
    "announce RMA1": ("announce RMA1 | announce RMA1 west", {"E1", "E2"}),
    "book-return RC1": ("book-return RC1 | book-return RC1", {"E1"}),
    "credit CM1 RC1 1:4": ("credit CM1 RC1 1:4 | credit CM2 RC1 1:4", {"E1"}),
    "told-back RR1 credited": ("told-back RR1 credited | told-back RR1 credited", set()),
}
WRONG = {
    "book-return RC1": ("book-return RC1 1:3", {"Q1"}),
    "book-return RC1 |": ("book-return RC1 1:4/good/quarantine |", {"Q3"}),
    "credit CM1 RC1 1:4": ("credit CM1 RC1 1:5", {"M2"}),
    "credit CM1 RC1 1:4 |": ("credit CM1 RC1 1:3 |", {"M2"}),
    "credit CM1": ("told-back RR1 credited | credit CM1", {"S2"}),
    "come RC1": ("told-back RR1 received | come RC1", {"S2"}),
    "told-back RR1 credited": ("told-back RR1 received", {"C1"}),
    "told-back RR1 authorized RMA1": ("told-back RR1 authorized RMA9", {"T2"}),
    "authorize RMA1 1:4 |": ("told-back RR1 authorized RMA1 | authorize RMA1 1:4 |", {"S2"}),
}
BROKEN = (
    f"stock east 1:40 | {AUTHORIZED} | come RC1 RMA1 1:3 1:1/damaged/scrap | book-return RC1 | case C1 returnException"
    " | credit CM1 RC1 1:3 | told-back RR1 credited"
)
CORRECTED = f"{STORED} | adjust A1 east 1:-1CA"
COUNTED = f"{STORED} | count N1 east 1 | adjust A1 east 1:-2 | book-correction A1 | count N2 east 1"
OTHERS = {
    "a case is left out": (BROKEN.replace("| case C1 returnException ", "| "), {"X1"}),
    "two cases say the same": (BROKEN.replace("| case C1", "| case C2 returnException | case C1"), {"X1"}),
    "a case is resolved though nothing is over": (f"{BROKEN} | case C1 resolved", {"X1"}),
    "a case for a return that is as announced": (f"{STORY} | case C1 returnException", {"X1"}),
    "broken goods are restocked": (
        BROKEN.replace("book-return RC1", "book-return RC1 1:3 1:1/damaged/restock"),
        {"Q3"},
    ),
    "broken goods are paid for": (BROKEN.replace("credit CM1 RC1 1:3", "credit CM1 RC1 1:4"), {"M2"}),
    "a correction is lost": (CORRECTED, {"E3"}),
    "a correction is booked twice": (f"{CORRECTED} | book-correction A1 | book-correction A1", {"E1"}),
    "a correction in cases is booked in pieces": (f"{CORRECTED} | book-correction A1 -1", {"Q3"}),
    "a correction has the wrong sign": (f"{CORRECTED} | book-correction A1 12", {"Q3"}),
    "broken goods in no book are booked": (
        f"{STORED} | adjust A1 east 1:3 part damaged | book-correction A1 3",
        {"Q3"},
    ),
    "no count is told": (COUNTED, {"E3"}),
    "only the older count is told": (f"{COUNTED} | tell-count N1 1", {"E3"}),
    "another count is told": (f"{COUNTED} | tell-count N2 1 37", {"Q3"}),
    "a customer is lost": ("account AC-1 Canal", {"E3"}),
    "a move is lost": ("account AC-1 Canal | customer CUST-1 Canal | account AC-1 High", {"C1"}),
    "an item is told to some": ("item 1 wrench | product 1 wrench | place 1 east wrench", {"E3"}),
    "a change of an item is told to some": (f"{SPREAD} | item 1 spanner | product 1 spanner", {"C1"}),
}


@pytest.mark.parametrize(("statement", "noticed"), LEFT_OUT.items())
def test_what_is_left_out_is_noticed_by_the_one_it_concerns(statement: str, noticed: set[str]) -> None:
    left = STORY.replace(f"| {statement} ", "| ").removesuffix(f"| {statement}")
    if statement == "book-return RC1":
        left = left.partition("| credit")[0]
    assert finders(left) == noticed


@pytest.mark.parametrize(("statement", "doubled", "noticed"), [(key, *value) for key, value in DOUBLED.items()])
def test_what_is_done_twice_is_noticed_by_the_one_it_concerns(statement: str, doubled: str, noticed: set[str]) -> None:
    assert finders(STORY.replace(statement, doubled)) == noticed


@pytest.mark.parametrize(("statement", "wrong", "noticed"), [(key, *value) for key, value in WRONG.items()])
def test_what_is_done_wrong_is_noticed_by_the_one_it_concerns(statement: str, wrong: str, noticed: set[str]) -> None:
    assert statement in STORY
    assert finders(STORY.replace(statement, wrong, 1)) == noticed


@pytest.mark.parametrize("what", OTHERS)
def test_what_goes_wrong_is_noticed_by_the_one_it_concerns(what: str) -> None:
    text, noticed = OTHERS[what]
    assert finders(text) == noticed
