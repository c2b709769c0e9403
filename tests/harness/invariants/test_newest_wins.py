"""C3: an older version never overwrites a newer."""

import pytest

from crossdock.tests.harness.histories import ASKED, finders, finding, judged
from crossdock.tests.harness.returning_styles import SPREAD, STORED
from crossdock.tests.harness.styles import HEALTHY

COUNTED = f"{STORED} | count N1 east 1 | adjust A1 east 1:-2 | book-correction A1 | count N2 east 1"
MOVED = "account AC-1 Canal | customer CUST-1 Canal | account AC-1 High | account AC-1 Elm | customer CUST-1 Elm"
SPLIT = f"{ASKED} | ship S1 R1 1:6 | confirm S1 | invoice I1 S1 1:6 | ship S2 R1 1:4! | confirm S2 | invoice I2 S2 1:4"
EXERCISED = {
    # Each quantity that was shown, each count that was told, each copy that was written.
    "everything is told as it happens": 1,
    "a count is told": 4,
    "the same count is told twice": 5,
    "a customer moves away and back": 3,
    "an item is told to all who handle it": 3,
    "the ERP rejects the order": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_what_could_be_overwritten(style: str, exercised: int) -> None:
    assert judged("C3", HEALTHY[style]).exercised == exercised


def test_an_older_count_put_over_a_newer_is_found_with_both() -> None:
    found = finding("C3", f"{COUNTED} | tell-count N2 1 * | tell-count N1 1 *")
    assert found.key.startswith("C3//count/east/SKU-1/")
    assert found.actual == "40 EA by N1 of 02 Mar 09:00"
    assert found.expected == "38 EA by N2 of 02 Mar 10:00 stays: it is the newer one"


def test_an_older_record_of_a_customer_put_over_a_newer_is_found_with_all_four() -> None:
    moved = MOVED.replace("account AC-1 High |", "account AC-1 High * |").replace(
        "customer CUST-1 Elm", "customer CUST-1 Elm *"
    )
    found = finding("C3", f"{moved} | customer CUST-1 High *")
    assert found.summary == "customer AC-1 at erp went from version 3 back to version 2"


@pytest.mark.parametrize("party", ["product 1", "place 1 west"])
def test_an_older_record_of_an_item_put_over_a_newer_is_found_where_it_was(party: str) -> None:
    changed = f"{SPREAD} | item 1 spanner | product 1 spanner | place 1 east spanner | place 1 west spanner"
    (found,) = judged("C3", f"{changed} | {party} wrench").findings
    assert ("crm" if party == "product 1" else "west") in found.summary


def test_an_older_quantity_shown_after_a_newer_is_found() -> None:
    found = finding("C3", f"{SPLIT} | status partiallyShipped 1:6 | status shipped 1:10 * | status delivered 1:6 *")
    assert found.summary == "line 1 in the CRM went from 10 shipped back to 6 shipped"


@pytest.mark.parametrize(
    "text",
    [
        "order 1:10",
        "account AC-1 Canal",
        MOVED,
        f"{MOVED} | account AC-1 Canal | customer CUST-1 Canal",  # away and back
        f"{MOVED} | customer CUST-1 Nowhere",  # no version that there was: C1's affair
        "customer CUST-1 Canal | customer CUST-1 High",  # nobody owns them
        f"{COUNTED} | tell-count N1 1 | tell-count N2 1",
        f"{COUNTED} | tell-count N2 1 | tell-count N2 1",
        f"{SPLIT} | status shipped 1:12 | status delivered 1:10",  # what was taken back was never true
        f"{SPLIT} | status shipped 1:10 | status delivered 1:9",  # and so is what replaced it: C1's
    ],
)
def test_says_nothing_of_what_only_changes(text: str) -> None:
    assert not judged("C3", text).findings


def test_an_older_count_is_found_by_nobody_else() -> None:
    assert finders(f"{COUNTED} | tell-count N2 1 | tell-count N1 1") == {"C3"}


def test_an_older_record_is_found_by_nobody_else() -> None:
    assert finders(f"{MOVED} | customer CUST-1 High") == {"C3"}


def test_an_older_quantity_is_found_by_nobody_else() -> None:
    delivered = "milestone T1 delivered | shown T1 delivered | milestone T2 delivered | shown T2 delivered"
    shown = f"{SPLIT} | status partiallyShipped 1:6 | status shipped 1:10 | {delivered} | status delivered 1:6"
    assert finders(shown) == {"C3"}
