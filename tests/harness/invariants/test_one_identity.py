"""T2: who is who is the same everywhere."""

import pytest
from msgspec.structs import replace

from crossdock.harness.fold import Fold
from crossdock.harness.invariant import Outcome, Terms, invariants
from crossdock.harness.seen import Seen
from crossdock.tests.harness.histories import AUTHORIZED, CREDITED, DELIVERED, entries, finders, finding, judged
from crossdock.tests.harness.records import ORDER_ID
from crossdock.tests.harness.styles import HEALTHY

KNOWN = "account AC-1 Canal | customer CUST-1 Canal"
EXERCISED = {
    # Each sales order, the order and the returns that the CRM shows, each customer of the ERP.
    "everything is told as it happens": 1,
    "two returns of one order": 3,
    "a new customer orders": 2,
    "a customer moves twice, and each move is told": 1,
    "an item changes": 0,
    "cancelled before the ERP knew of it": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_what_has_a_name_elsewhere(style: str, exercised: int) -> None:
    assert judged("T2", HEALTHY[style]).exercised == exercised


def test_a_customer_under_another_number_is_found_with_the_account() -> None:
    found = finding("T2", "account AC-1 Canal * | customer CUST-7 Canal *")
    assert found.key == "T2//AC-1/CUST-7"
    assert found.because == (
        "Account AC-1 is customer CUST-1 (journal 1).",
        "Customer CUST-7 of the ERP is tied to account AC-1 (exchange 2): T2 is broken.",
    )


def test_a_second_customer_for_one_account_is_found() -> None:
    assert finding("T2", f"{KNOWN} | customer CUST-2 Canal *").key == "T2//AC-1/CUST-2"


def test_a_customer_that_is_tied_to_nobody_or_to_another_is_found() -> None:
    assert "no account" in finding("T2", "account AC-1 Canal | customer CUST-1 Canal account none").summary
    text = f"{KNOWN} | account AC-2 Elm number CUST-2 | customer CUST-2 Elm account AC-1"
    assert "customer CUST-2 of the ERP is tied to account AC-1" in finding("T2", text).summary


def test_the_return_of_another_request_is_found() -> None:
    found = finding("T2", AUTHORIZED.replace("told-back RR1 authorized RMA1", "told-back RR1 authorized RMA9 *"))
    assert (found.expected, found.actual) == ("the ERP authorized RR1 as RMA1", "the CRM shows RMA9")


def _changed(text: str, **fields: str) -> Outcome:
    """With the CRM's order changed as the fields say."""
    made = Fold()
    for entry in entries(text):
        made.take(entry)
    trail = made.trail(ORDER_ID)
    assert trail.order is not None
    seen = trail.order
    trail.order = Seen(replace(seen.what, **fields), seen.seq, seen.exchange, seen.at, seen.party)
    outcome = Outcome("T2")
    invariants["T2"]().order(trail, Terms(), outcome)
    return outcome


def test_an_order_that_is_billed_to_another_customer_is_found() -> None:
    (found,) = _changed(DELIVERED, customer_number="CUST-2").findings
    assert found.key == "T2/CO-A/sales-order/SO1"
    assert found.actual == "sales order SO1 is of customer CUST-1"


def test_another_orders_id_in_the_crm_is_found() -> None:
    (found,) = _changed(DELIVERED, erp_order_id="SO9").findings
    assert (found.expected, found.actual) == ("the ERP has this order as SO1", "the CRM shows SO9")
    assert not _changed(DELIVERED, erp_order_id="SO1").findings


@pytest.mark.parametrize(
    "text",
    [
        "order 1:10",
        "account AC-1 Canal",  # not at the ERP: E3's affair
        KNOWN,
        f"{KNOWN} | {CREDITED}",
        "account AC-1 Canal | customer CUST-1 High",  # another address: C1's
        f"{DELIVERED} | people authorize RMA1 1:4 for nobody",
    ],
)
def test_says_nothing_where_all_have_one_name(text: str) -> None:
    assert not judged("T2", text).findings


def test_a_customer_under_another_number_is_found_by_nobody_else() -> None:
    assert finders("account AC-1 Canal | customer CUST-7 Canal") == {"T2"}


def test_a_customer_that_no_account_stands_behind_is_found_and_breaks_nothing() -> None:
    assert finding("T2", "customer CUST-1 Canal account AC-9").expected == "account AC-9 is customer none"
