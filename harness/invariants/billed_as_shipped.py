"""M1: what is billed is what was shipped, at the agreed price."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from ...contracts.objects import Invoice, InvoiceStatus, Order, SalesOrder, Shipment
from ..consequences import billing as so
from ..invariant import Invariant, Outcome, Terms, invariant
from ..seen import Seen
from ..trail import OrderTrail, quantities


@invariant
class BilledAsShipped(Invariant):
    """M1 — an invoice bills exactly what its shipments carried, at the price that the customer agreed to, and the
    freight once.

    Quantities are measured by the warehouses' shipments, prices and freight by the order in the CRM. A shipment that is
    not billed at all is E3's affair, one billed twice E1's. Example: ten ordered, seven shipped, ten billed.
    """

    id = "M1"
    title = "What is billed is what was shipped, at the agreed price"
    clause = "order-to-cash, step 6"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        if trail.order is None:
            return
        begun: set[str] = set()
        for seen in trail.invoices.values():
            if seen.what.status == InvoiceStatus.CANCELLED:
                continue
            self._quantities(trail, seen, outcome)
            self._prices(trail, trail.order, seen, outcome)
            self._freight(trail, trail.order, seen, seen.what.sales_order_id in begun, outcome)
            begun.add(seen.what.sales_order_id)

    def _quantities(self, trail: OrderTrail, seen: Seen[Invoice], outcome: Outcome) -> None:
        shipments = [trail.shipment(shipment_id) for shipment_id in dict.fromkeys(seen.what.shipment_ids)]
        known = [shipment for shipment in shipments if shipment is not None]
        if not known or len(known) < len(shipments):
            return  # an invoice without a shipment is S2's or E2's affair
        shipped: dict[str, Decimal] = defaultdict(Decimal)
        for shipment in known:
            for line_id, quantity in quantities(shipment.what.lines).items():
                shipped[line_id] += quantity
        billed: dict[str, Decimal] = defaultdict(Decimal)
        for line in seen.what.lines:
            billed[line.line_id] += line.quantity.value
        for line_id in sorted(shipped.keys() | billed.keys()):
            outcome.judged()
            if shipped[line_id] != billed[line_id]:
                self._differs(trail, seen, known, line_id, shipped[line_id], billed[line_id], outcome)

    def _differs(
        self,
        trail: OrderTrail,
        seen: Seen[Invoice],
        shipments: list[Seen[Shipment]],
        line_id: str,
        shipped: Decimal,
        billed: Decimal,
        outcome: Outcome,
    ) -> None:
        assert trail.order is not None
        number = seen.what.invoice_no
        ordered: dict[str, Decimal] = {line.line_id: line.quantity.value for line in trail.order.what.lines}
        names = ", ".join(shipment.what.shipment_id for shipment in shipments)
        outcome.violated(
            self.finding(
                trail,
                f"{number}/{line_id}/quantity",
                f"line {line_id}: {shipped} shipped, {billed} billed",
                expected=f"{shipped} billed on {number}",
                actual=f"{billed} billed",
                because=[
                    f"Ordered on line {line_id}: {ordered.get(line_id, 0)}.",
                    *(
                        f"{s.what.shipment_id} left {s.party} with {_of(s, line_id)} (journal {s.seq})."
                        for s in shipments
                    ),
                    f"{number} bills {billed} for {names} ({seen.place}).",
                    f"{billed} ≠ {shipped}: M1 is broken.",
                ],
                evidence=[*shipments, seen],
                consequence=so.billed_otherwise(trail, seen.what, line_id, shipped, billed),
            )
        )

    def _prices(self, trail: OrderTrail, order: Seen[Order], seen: Seen[Invoice], outcome: Outcome) -> None:
        agreed = {(line.line_id, line.quantity.uom): line.unit_price for line in order.what.lines}
        for line in seen.what.lines:
            price = agreed.get((line.line_id, line.quantity.uom))
            if price is None or price.currency != line.unit_price.currency:
                continue  # another currency is M3's affair
            outcome.judged()
            if line.unit_price == price:
                continue
            number = seen.what.invoice_no
            outcome.violated(
                self.finding(
                    trail,
                    f"{number}/{line.line_id}/price",
                    f"line {line.line_id}: agreed {price}, billed {line.unit_price}",
                    expected=str(price),
                    actual=str(line.unit_price),
                    because=[
                        f"The order in the CRM says {price} for {line.sku}.",
                        f"{number} bills {line.unit_price} ({seen.place}): M1 is broken.",
                    ],
                    evidence=[trail.placed, _taken(trail, seen), seen],
                    consequence=so.billed_at_another_price(trail, seen.what, line, price),
                )
            )

    def _freight(
        self, trail: OrderTrail, order: Seen[Order], seen: Seen[Invoice], begun: bool, outcome: Outcome
    ) -> None:
        freight, agreed = seen.what.freight, order.what.freight
        if freight.currency != agreed.currency:
            return  # M3's affair
        expected = freight.zero(freight.currency) if begun else agreed
        outcome.judged()
        if freight == expected:
            return
        number = seen.what.invoice_no
        outcome.violated(
            self.finding(
                trail,
                f"{number}/freight",
                f"{number} bills {freight} freight instead of {expected}",
                expected=str(expected),
                actual=str(freight),
                because=[
                    f"The order agrees on {agreed} freight, once.",
                    f"{number} bills {freight} ({seen.place}): M1 is broken.",
                ],
                evidence=[trail.placed, _taken(trail, seen), seen],
                consequence=so.another_freight(trail, seen.what, expected),
            )
        )


def _taken(trail: OrderTrail, invoice: Seen[Invoice]) -> Seen[SalesOrder] | None:
    """Where the ERP took the order that an invoice bills: what is wrong with its price began there."""
    wanted = invoice.what.sales_order_id
    return next((seen for seen in trail.sales_order_history if seen.what.sales_order_id == wanted), None)


def _of(shipment: Seen[Shipment], line_id: str) -> str:
    return str(quantities(shipment.what.lines).get(line_id, "none of it"))
