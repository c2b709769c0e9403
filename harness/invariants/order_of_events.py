"""C2: whatever the order in which events come, the end is the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from ...contracts.objects import (
    BilledLine,
    CaseCategory,
    CreditMemoStatus,
    InvoiceStatus,
    Quantity,
    SalesOrderLine,
)
from ..goods import customer
from ..invariant import Invariant, Outcome, Terms, invariant
from ..trail import OrderTrail

SHOWN = 5
COUNTED = ("quantity", "backordered_quantity", "cancelled_quantity", "shipped_quantity", "returned_quantity")


@invariant
class OrderOfEvents(Invariant):
    """C2 — of two orders with the same content, one left in peace and one whose events come late, twice or in another
    order, everybody has the same in the end: statuses, quantities, parcels, bills, credits and cases.

    Scenarios with `twins` put it to the test. Ids, times and warehouses may differ, and it speaks only where no other
    invariant does. Example: a milestone that comes before its shipment is kept under an unknown carrier, and the
    shipment that follows does not mend it.
    """

    id = "C2"
    title = "The order of events makes no difference in the end"
    clause = "order-to-cash, Conventions (events: at least once, ordered by nothing but luck)"

    def twins(self, one: OrderTrail, other: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        if one.order is None or other.order is None or not (one.disturbed or other.disturbed):
            return
        if one.unheard or other.unheard:
            return  # what a fault swallowed nobody can make up for
        outcome.judged()
        ends = dict(state(other))
        differing = [(name, value, ends[name]) for name, value in state(one) if ends[name] != value]
        if differing:
            self._differ(one, other, outcome, differing)

    def _differ(
        self, one: OrderTrail, other: OrderTrail, outcome: Outcome, differing: list[tuple[str, str, str]]
    ) -> None:
        names = ", ".join(name for name, _, _ in differing)
        struck = (one.troubles + other.troubles)[:SHOWN]
        outcome.lacking(
            self.finding(
                other,
                f"twin/{one.order_id}",
                f"it ends otherwise than its twin {one.order_id}: {names}",
                expected="; ".join(f"{name}: {value}" for name, value, _ in differing),
                actual="; ".join(f"{name}: {value}" for name, _, value in differing),
                because=[
                    f"{one.order_id} and {other.order_id} were ordered with the same content and handled alike.",
                    f"Of one, messages were struck (journal {', '.join(map(str, struck))}).",
                    *(f"{name} is {value} there and {instead} here." for name, value, instead in differing),
                    "Nothing but the order of messages made the difference: C2 is broken.",
                ],
                evidence=[other.order, one.order, *struck],
                consequence=(
                    f"what {customer(other)} has in the end ({names}) hangs on which message came"
                    " first, and nobody can say why"
                ),
            )
        )


def state(trail: OrderTrail) -> Iterator[tuple[str, str]]:
    """What everybody has of an order in the end, without ids, times and warehouses: (name, in words)."""
    assert trail.order is not None
    order, sales_order, returns = trail.order.what, trail.sales_order, trail.returns
    bills = [seen.what for seen in trail.invoices.values() if seen.what.status != InvoiceStatus.CANCELLED]
    memos = [seen.what for seen in returns.credits.values() if seen.what.status != CreditMemoStatus.CANCELLED]
    yield "status in the CRM", _words(order.status)
    yield "quantities in the CRM", _words([line.quantities for line in order.lines])
    yield "parcels in the CRM", _sorted((parcel.milestone, parcel.carrier) for parcel in order.tracking)
    yield "status in the ERP", _words(sales_order and sales_order.what.status)
    yield "lines in the ERP", _words([_line(line) for line in sales_order.what.lines] if sales_order else None)
    yield "requests", _sorted(seen.what.status for seen in trail.requests.values())
    yield "billed", _sums(line for bill in bills for line in bill.lines)
    yield "credited", _sums(line for memo in memos for line in memo.lines)
    yield "returns", _sorted(seen.what.status for seen in returns.authorizations.values())
    yield (
        "cases",
        _sorted(
            (seen.what.category, seen.what.status)
            for seen in trail.cases.values()
            if seen.what.category != CaseCategory.INTEGRATION_ERROR
        ),
    )


def _line(line: SalesOrderLine) -> list[object]:
    return [getattr(line, name) for name in COUNTED]


def _sums(lines: Iterable[BilledLine]) -> str:
    """By line and price: how it is spread over documents may depend on the time of day."""
    sums: dict[tuple[str, str, str], Decimal] = {}
    for line in lines:
        key = (str(line.line_id), str(line.unit_price), line.quantity.uom)
        sums[key] = sums.get(key, Decimal(0)) + line.quantity.value
    return _sorted((line_id, Quantity(value, uom), "at", price) for (line_id, price, uom), value in sums.items())


def _sorted(values: Iterable[object]) -> str:
    return ", ".join(sorted(map(_words, values))) or "none"


def _words(value: object) -> str:
    if isinstance(value, Quantity):
        return f"{value.value.normalize():f} {value.uom}"
    if isinstance(value, msgspec.Struct):
        return _words([getattr(value, name) for name in value.__struct_fields__])
    if isinstance(value, list | tuple):
        return " ".join(map(_words, value))
    return "none" if value is None else str(value)
