"""Q1: each line adds up."""

from __future__ import annotations

from decimal import Decimal

from ...contracts.objects import (
    FulfilmentStatus,
    Order,
    Quantity,
    ReturnReceipt,
    SalesOrder,
    Shipment,
    ShipmentConfirmation,
)
from ..consequences import line_balance as so
from ..invariant import Invariant, Outcome, Terms, invariant
from ..seen import Seen
from ..trail import NO_EFFECT, OrderTrail, quantities

WORKING = frozenset(
    {
        FulfilmentStatus.ACCEPTED,
        FulfilmentStatus.PICKING,
        FulfilmentStatus.PACKED,
        FulfilmentStatus.PARTIALLY_SHIPPED,
    }
)


@invariant
class LineBalance(Invariant):
    """Q1 — per line, ordered = shipped + open or backordered + cancelled; what the ERP was told was shipped is what
    the warehouse shipped, and what it was told came back is what the warehouse received.

    "Open" counts only while somebody still works on it: after a final shipment the rest must be backordered or
    cancelled. Shipments that the ERP was never told of are E3's affair. Example: seven of ten left the warehouse, the
    layer confirms ten, and three pieces exist only on paper.
    """

    id = "Q1"
    title = "Each order line adds up"
    clause = "order-to-cash, step 6, and Returns, step 5"

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        for told in trail.confirmations:
            shipment = trail.shipment(told.what.shipment_id, told.what.warehouse_id)
            if shipment is not None:
                self._told_as_shipped(trail, outcome, shipment, told)
        for booking in trail.returns.booked:
            receipt = trail.returns.receipt(booking.what.receipt_id, booking.what.warehouse_id)
            if receipt is not None:
                self._told_as_received(trail, outcome, receipt, booking)
        sales_order = trail.sales_order
        if trail.order is None or sales_order is None or sales_order.what.status in NO_EFFECT:
            return
        self._all_accounted_for(trail, outcome, trail.order, sales_order)
        if trail.confirmations and not self._work_goes_on(trail):
            self._nothing_left_open(trail, outcome, sales_order)

    def _told_as_shipped(
        self, trail: OrderTrail, outcome: Outcome, shipment: Seen[Shipment], told: Seen[ShipmentConfirmation]
    ) -> None:
        shipment_id = shipment.what.shipment_id
        really, said = quantities(shipment.what.lines), quantities(told.what.lines)
        named = {line.line_id for line in shipment.what.lines}
        for line_id in sorted(named | really.keys() | said.keys()):
            outcome.judged()
            left, claimed = really.get(line_id, Decimal(0)), said.get(line_id, Decimal(0))
            if claimed != left:
                outcome.violated(
                    self.finding(
                        trail,
                        f"{shipment_id}/{line_id}",
                        f"line {line_id} of {shipment_id}: {left} left the warehouse, the ERP was told {claimed}",
                        expected=f"{left} confirmed",
                        actual=f"{claimed} confirmed",
                        because=[
                            f"{shipment.party} sent {left} of line {line_id} in {shipment_id}, journal {shipment.seq}.",
                            f"The confirmation in {told.place} says {claimed}.",
                            f"{claimed} ≠ {left}: Q1 is broken.",
                        ],
                        evidence=[shipment, told],
                        consequence=so.told_otherwise(trail, shipment, line_id, left, claimed),
                    )
                )
        if told.what.final and not shipment.what.final:
            outcome.violated(
                self.finding(
                    trail,
                    f"{shipment_id}/final",
                    f"{shipment_id} was confirmed as the last shipment, and more was to come",
                    expected="final: false, as the warehouse says",
                    actual="final: true",
                    because=[
                        f"{shipment.party} shipped {shipment_id} and kept the rest for later (journal {shipment.seq}).",
                        f"The confirmation in {told.place} says that nothing more comes: Q1 is broken.",
                    ],
                    evidence=[shipment, told],
                    consequence=so.closed_too_early(trail, shipment),
                )
            )

    def _told_as_received(
        self, trail: OrderTrail, outcome: Outcome, receipt: Seen[ReturnReceipt], booking: Seen[ReturnReceipt]
    ) -> None:
        came, said = (trail.returns.quantities(each.what.lines) for each in (receipt, booking))
        for line_id, sku in sorted(came.keys() | said.keys()):
            outcome.judged()
            really, claimed = came.get((line_id, sku), Decimal(0)), said.get((line_id, sku), Decimal(0))
            if really != claimed:
                self._misbooked(trail, outcome, receipt, booking, f"{really} {sku}", f"{claimed} {sku}", line_id)
        if booking.what.final and not receipt.what.final:
            self._misbooked(trail, outcome, receipt, booking, "more to come", "nothing more", "final")

    def _misbooked(
        self,
        trail: OrderTrail,
        outcome: Outcome,
        receipt: Seen[ReturnReceipt],
        booking: Seen[ReturnReceipt],
        really: str,
        claimed: str,
        where: str,
    ) -> None:
        """`where` is a line, or `final` for whether more comes; quantities are in the item's base unit."""
        receipt_id, line = receipt.what.receipt_id, "" if where == "final" else f"line {where} of "
        parts = [str(part.quantity) for part in receipt.what.lines if part.line_id == where]
        as_told = f", told as {' and '.join(parts)}" if parts else ""
        outcome.violated(
            self.finding(
                trail,
                f"{receipt_id}/{where}",
                f"{line}{receipt_id}: {really} came back, the ERP was told {claimed}"
                if line
                else f"{receipt_id} was booked as the last receipt, and more was to come",
                expected=f"{really} booked",
                actual=f"{claimed} booked",
                because=[
                    f"{receipt.party} received {receipt_id}: {line}{really}{as_told} (journal {receipt.seq}).",
                    f"The booking in {booking.place} says {claimed}: Q1 is broken.",
                ],
                evidence=[receipt, booking],
                consequence=(
                    f"stock, credit and customer service go by {claimed}, and {really} came back to {receipt.party}"
                ),
            )
        )

    def _all_accounted_for(
        self, trail: OrderTrail, outcome: Outcome, order: Seen[Order], sales_order: Seen[SalesOrder]
    ) -> None:
        ordered = {line.line_id: (line.sku, trail.wanted(line).value) for line in order.what.lines}
        accounted = {
            line.line_id: (
                line.sku,
                line.confirmed_quantity.value + line.backordered_quantity.value + line.cancelled_quantity.value,
            )
            for line in sales_order.what.lines
        }
        for line_id in sorted(ordered.keys() | accounted.keys()):
            if trail.confirmations:
                outcome.judged()
            sku, wanted = ordered.get(line_id, ("", Decimal(0)))
            taken_sku, taken = accounted.get(line_id, (sku, Decimal(0)))
            if taken != wanted or (sku and taken_sku != sku):
                self._unbalanced(trail, outcome, line_id, f"{wanted} {sku}".strip(), f"{taken} {taken_sku}".strip())

    def _unbalanced(self, trail: OrderTrail, outcome: Outcome, line_id: str, wanted: str, taken: str) -> None:
        assert trail.sales_order is not None
        key = trail.sales_order.what.sales_order_id
        first = next(seen for seen in trail.sales_order_history if seen.what.sales_order_id == key)
        outcome.violated(
            self.finding(
                trail,
                f"balance/{line_id}",
                f"line {line_id}: {wanted} ordered in the CRM, {taken} accounted for in the ERP",
                expected=f"shipped + open + backordered + cancelled = {wanted}",
                actual=taken,
                because=[
                    f"The customer ordered {wanted} on line {line_id}.",
                    f"The ERP took {key} in {first.place} and accounts for {taken}: Q1 is broken.",
                ],
                evidence=[trail.placed, first],
                consequence=so.taken_otherwise(trail, trail.sales_order.what, line_id),
            )
        )

    def _work_goes_on(self, trail: OrderTrail) -> bool:
        """What keeps a quantity open with good reason, or is spoken of by others: a warehouse at work, a shipment or
        release that somebody still has to pass on (E3), a cancellation without an answer (E3), a doubled order (E1).
        """
        requested = {request.what.fulfilment_id for request in trail.requests.values()}
        return (
            trail.doubled
            or any(request.what.status in WORKING for request in trail.requests.values())
            or any(not trail.confirmed(shipment) for shipment in trail.shipments.values())
            or any(release.what.fulfilment_id not in requested for release in trail.releases)
            or any(seen.what.status == FulfilmentStatus.CANCEL_REQUESTED for seen in trail.fulfilments.values())
        )

    def _nothing_left_open(self, trail: OrderTrail, outcome: Outcome, sales_order: Seen[SalesOrder]) -> None:
        last = trail.confirmations[-1]
        for line in sales_order.what.lines:
            left = line.confirmed_quantity.value - line.shipped_quantity.value
            if left <= 0:
                continue
            rest = Quantity(left, line.confirmed_quantity.uom)
            outcome.lacking(
                self.finding(
                    trail,
                    f"stuck/{line.line_id}",
                    f"line {line.line_id}: {left} still open in the ERP although no warehouse works on it",
                    expected="nothing open after the final shipment: backordered or cancelled",
                    actual=f"{left} open",
                    because=[
                        "All requests at the warehouses are finished.",
                        f"After the last confirmation ({last.place}) the ERP still waits for {left}: Q1 is broken.",
                    ],
                    evidence=[*(seen for seen in trail.shipments.values() if seen.what.final), last],
                    consequence=so.stuck(trail, line.line_id, line.sku, rest, line.warehouse_id),
                )
            )
