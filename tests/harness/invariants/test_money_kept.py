"""M3: money stays in its currency, and headers are the sums of their lines."""

import pytest
from msgspec.structs import replace

from crossdock.harness.fold import Fold
from crossdock.harness.invariant import Outcome, Terms, invariants
from crossdock.harness.judge import Judge
from crossdock.harness.seen import Seen
from crossdock.tests.harness.histories import ASKED, CREDITED, DELIVERED, entries, finders, finding, judged
from crossdock.tests.harness.records import ORDER_ID, usd
from crossdock.tests.harness.styles import HEALTHY

EXERCISED = {
    # The sales order, each invoice, each credit memo, each customer.
    "everything is told as it happens": 2,
    "two shipments are told and billed each": 3,
    "a return comes in two boxes": 4,
    "a new customer orders": 3,
    "an item changes": 0,
    "cancelled before the ERP knew of it": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_what_carries_money(style: str, exercised: int) -> None:
    assert judged("M3", HEALTHY[style]).exercised == exercised


def test_a_credit_memo_in_other_money_is_found_with_the_order() -> None:
    found = finding("M3", CREDITED.replace("credit CM1 RC1 1:4", "credit CM1 RC1 1:4 in EUR *"))
    assert found.key == "M3/CO-A/credit-memo-CM1"
    assert (found.expected, found.actual) == ("USD", "EUR")
    assert found.because[0] == "By the CRM the customer ordered in USD."


def test_a_customer_in_other_money_is_found_with_the_account() -> None:
    found = finding("M3", "account AC-1 Canal currency EUR * | customer CUST-1 Canal *")
    assert found.key == "M3//customer-CUST-1"
    assert found.summary == "customer CUST-1 is in USD, the account trades in EUR"


@pytest.mark.parametrize(
    "text",
    [
        "order 1:10",
        "order 1:10 | fail erp createSalesOrder 422",
        CREDITED.replace("credit CM1 RC1 1:4", "credit CM1 RC1 1:4@9.00"),  # another amount: M2's affair
        DELIVERED.replace("invoice I1 S1 1:10", "invoice I1 S1 1:10@9.00"),  # M1's
        "account AC-1 Canal currency EUR",  # not at the ERP: E3's
        "account AC-1 Canal currency EUR | swallow account.changed AC-1 | customer CUST-1 Canal",
    ],
)
def test_says_nothing_of_other_amounts_or_of_what_is_not_there(text: str) -> None:
    assert not judged("M3", text).findings


def test_other_money_is_found_by_nobody_else() -> None:
    assert finders(CREDITED.replace("credit CM1 RC1 1:4", "credit CM1 RC1 1:4 in EUR")) == {"M3"}


def _with_totals(text: str, freight: str) -> Fold:
    made = Fold()
    for entry in entries(text):
        made.take(entry)
    trail = made.trail(ORDER_ID)
    seen = trail.invoices["I1"]
    wrong = replace(seen.what, totals=replace(seen.what.totals, gross=usd(freight)))
    trail.invoices["I1"] = Seen(wrong, seen.seq, seen.exchange, seen.at, seen.party)
    return made


def test_a_header_that_is_not_the_sum_of_its_lines_is_a_fault_of_the_harness_and_no_finding() -> None:
    made = _with_totals(DELIVERED, "9.49")
    judge = Judge(Terms())
    outcomes = judge.order(made.trail(ORDER_ID))
    assert "invoice I1" in judge.errors["M3"]
    assert not outcomes["M3"].findings
    assert judged("M3", ASKED).exercised


def test_a_customer_that_no_account_stands_behind_breaks_nothing() -> None:
    outcome = Outcome("M3")
    made = Fold()
    for entry in entries("customer CUST-1 Canal"):
        made.take(entry)
    for record in made.ledgers.master.values():
        invariants["M3"]().record(record, Terms(), outcome)
    assert (outcome.exercised, outcome.findings) == (0, [])
