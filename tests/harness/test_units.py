"""Orders in packs that the ERP counts in pieces: nobody here converts units, so nobody may compare them."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from crossdock.contracts.objects import Money, Quantity
from crossdock.harness.fold import Fold
from crossdock.harness.invariant import Outcome, Terms, invariants
from crossdock.harness.seen import Seen
from crossdock.harness.trail import OrderTrail
from crossdock.tests.harness.histories import BILLED, DELIVERED, SHIPPED, entries
from crossdock.tests.harness.records import ORDER_ID
from crossdock.tests.harness.styles import SHORT


def in_packs(text: str, packs: str = "2") -> OrderTrail:
    """The history's trail, as if its line 1 had been ordered in cases of five at 50.00."""
    made = Fold()
    for entry in entries(text):
        made.take(entry)
    trail = made.trail(ORDER_ID)
    for name in ("placed", "order"):
        seen = getattr(trail, name)
        quantity, price = Quantity(Decimal(packs), "CA"), Money.of("50.00", "USD")
        told = replace(seen.what.lines[0].quantities, shipped=quantity)
        lines = (replace(seen.what.lines[0], quantity=quantity, unit_price=price, quantities=told),)
        order = replace(seen.what, lines=lines)
        setattr(trail, name, Seen(order, seen.seq, seen.exchange, seen.at, seen.party))
    return trail


def finders(trail: OrderTrail) -> set[str]:
    found = set()
    for name, law in invariants.items():
        outcome = Outcome(name)
        law().order(trail, Terms(capabilities=frozenset({"correlation"})), outcome)
        if outcome.findings:
            found.add(name)
    return found


@pytest.mark.parametrize("text", [DELIVERED, BILLED, f"{SHORT} | case C1 shortShip"])
def test_an_order_in_packs_is_found_fault_with_by_nobody(text: str) -> None:
    assert finders(in_packs(text)) == set()


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        (BILLED.replace("I1 S1 1:10", "I1 S1 1:9"), {"M1"}),
        (BILLED.replace("confirm S1", "confirm S1 1:9"), {"Q1"}),
        (
            SHIPPED.replace("ship S1 R1 1:10!", "ship S1 R1 1:7!")
            + " | confirm S1 | invoice I1 S1 1:7 | status shipped",
            {"X1"},
        ),
    ],
)
def test_what_is_counted_in_pieces_is_watched_all_the_same(text: str, noticed: set[str]) -> None:
    assert finders(in_packs(text)) == noticed
