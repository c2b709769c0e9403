"""S2: nothing comes before its cause."""

from __future__ import annotations

from typing import Any

from ...contracts.objects import MilestoneCode, OrderStatus, ReturnRequestStatus, SalesOrderStatus
from ..consequences.what_is_shown import claimed_too_early
from ..invariant import Invariant, Outcome, Terms, invariant
from ..lost import refused_return
from ..returns import ReturnShown
from ..seen import Seen
from ..trail import FAILED, OrderTrail, QuantityShown, StatusShown

NEEDS_SALES_ORDER = frozenset(
    {OrderStatus.ACCEPTED, OrderStatus.ON_HOLD, OrderStatus.BACKORDERED, OrderStatus.RELEASED}
)
NEEDS_SHIPMENT = frozenset(
    {
        OrderStatus.PARTIALLY_SHIPPED,
        OrderStatus.SHIPPED,
        OrderStatus.DELIVERED,
        OrderStatus.DELIVERY_FAILED,
        OrderStatus.RETURNED,
    }
)
NOT_TAKEN = frozenset({SalesOrderStatus.ON_HOLD, SalesOrderStatus.REJECTED})
NOTHING_CAME = "nothing had come back to a warehouse"


@invariant
class Causality(Invariant):
    """S2 — no invoice before the goods have left, no request before the release, no status in the CRM before what it
    claims has happened; nothing of a return is booked or credited before goods of it have come.

    Measured by the journal's order: the cause must stand before the effect. Example: the layer bills when the warehouse
    accepts the request, the warehouse ships short a day later, and the customer has a bill for goods that stayed.
    """

    id = "S2"
    title = "Nothing comes before its cause"
    clause = "order-to-cash, steps 2 to 8, Returns"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        self._invoices(trail, outcome)
        self._requests(trail, outcome)
        told_early: set[int] = set()
        for seen in trail.statuses:
            outcome.judged()
            lacking = _lacking(trail, seen)
            if lacking:
                told_early.add(seen.seq)
                self._early(
                    trail, outcome, f"status/{seen.seq}", f"the CRM was told {seen.what.status}", lacking, seen, None
                )
        for early in _quantities_too_early(trail):
            if early.seq in told_early:
                continue  # the status that came with it says so already
            line_id, told = early.what.line_id, early.what.shipped
            left = trail.shipped(line_id, early.seq)
            effect, lacking = f"the CRM was told {told:f} of line {line_id} shipped", f"{left:f} had left"
            self._early(trail, outcome, f"quantity/{line_id}/{early.seq}", effect, lacking, early, None)
        self._returned(trail, outcome)

    def _returned(self, trail: OrderTrail, outcome: Outcome) -> None:
        returns = trail.returns
        for booking in returns.booked:
            outcome.judged()
            if not _came(trail, booking.what.rma_id, booking.seq):
                effect = f"receipt {booking.what.receipt_id} of {booking.what.rma_id} was booked"
                self._early(trail, outcome, f"booked/{booking.seq}", effect, NOTHING_CAME, booking, None)
        for number, memo in returns.credits.items():
            outcome.judged()
            if not _came(trail, memo.what.rma_id, memo.seq):
                effect = f"credit memo {number} of {memo.what.rma_id} was posted"
                self._early(trail, outcome, f"credit/{number}", effect, NOTHING_CAME, memo, None)
        for shown in returns.shown:
            outcome.judged()
            if lacking := _return_lacking(trail, shown):
                effect = f"the CRM was told {shown.what.status} of {shown.what.request_id}"
                self._early(trail, outcome, f"return/{shown.seq}", effect, lacking, shown, None)

    def _invoices(self, trail: OrderTrail, outcome: Outcome) -> None:
        for number, seen in trail.invoices.items():
            outcome.judged()
            named = [trail.shipment(shipment_id) for shipment_id in seen.what.shipment_ids]
            later = next((shipment for shipment in named if shipment is not None and shipment.seq > seen.seq), None)
            if later is not None:
                lacking = f"its shipment {later.what.shipment_id} had not left"
            elif not any(shipment.seq < seen.seq for shipment in trail.shipments.values()):
                lacking = "nothing had left a warehouse"
            else:
                continue  # one that names what never left is E2's affair
            self._early(trail, outcome, f"invoice/{number}", f"invoice {number} was posted", lacking, seen, later)

    def _requests(self, trail: OrderTrail, outcome: Outcome) -> None:
        for (party, key), request in trail.requested.items():
            fulfilment_id = request.what.fulfilment_id
            release = next(
                (
                    seen
                    for seen in trail.releases
                    if seen.what.fulfilment_id == fulfilment_id and seen.what.warehouse_id == party
                ),
                None,
            )
            if release is None:
                continue  # E2's affair
            outcome.judged()
            if release.seq > request.seq:
                effect, lacking = (
                    f"{party} was asked for {fulfilment_id}",
                    "the ERP had not released it to that warehouse",
                )
                self._early(trail, outcome, f"request/{party}/{key}", effect, lacking, request, release)

    def _early(
        self,
        trail: OrderTrail,
        outcome: Outcome,
        what: str,
        effect: str,
        lacking: str,
        seen: Seen[Any],
        cause: Seen[Any] | None,
    ) -> None:
        outcome.violated(
            self.finding(
                trail,
                what,
                f"{effect} when {lacking}",
                expected="the cause first",
                actual=f"{effect} at journal {seen.seq}; {lacking} by then",
                because=[
                    f"{seen.place[0].upper()}{seen.place[1:]}: {effect}.",
                    f"At that moment {lacking}: S2 is broken."
                    if cause is None
                    else f"At that moment {lacking}; that came later, at journal {cause.seq}: S2 is broken.",
                ],
                evidence=[seen, cause],
                consequence=claimed_too_early(trail, seen, cause),
            )
        )


def _quantities_too_early(trail: OrderTrail) -> list[Seen[QuantityShown]]:
    """Of each line the first word that more had been shipped than had left; none where the ERP was told so (Q1, E2)."""
    if any(trail.mistold(told) or trail.shipment(told.what.shipment_id) is None for told in trail.confirmations):
        return []
    found: dict[str, Seen[QuantityShown]] = {}
    for seen in trail.quantities_shown:
        if seen.what.shipped > trail.shipped(seen.what.line_id, seen.seq):
            found.setdefault(seen.what.line_id, seen)
    return list(found.values())


def _lacking(trail: OrderTrail, seen: Seen[StatusShown]) -> str:
    """What a status claims and had not happened when it was shown, in words; "" when nothing is amiss."""
    status, by = seen.what.status, seen.seq
    if status in NEEDS_SALES_ORDER:
        return _not_decided(trail, status, by)
    if status not in NEEDS_SHIPMENT:
        return ""
    if not any(line.shipped_quantity.is_positive for line in _lines_shipped(trail, by)):
        return "nothing had left a warehouse"
    if (
        status in (OrderStatus.SHIPPED, OrderStatus.DELIVERED)
        and not trail.doubled
        and (line := _still_open(trail, by))
    ):
        return f"line {line} had not left whole, and more of it was to come"
    if status == OrderStatus.DELIVERED and not trail.doubled and (parcel := _undelivered(trail, by)):
        return f"parcel {parcel} was not delivered"
    if status == OrderStatus.DELIVERY_FAILED and not _failed(trail, by):
        return "no parcel had failed"
    return ""


def _not_decided(trail: OrderTrail, status: OrderStatus, by: int) -> str:
    decided = {seen.what.status for seen in trail.sales_order_history if seen.seq < by}
    if not decided:
        return "the ERP had no sales order for it"
    if status == OrderStatus.ON_HOLD and SalesOrderStatus.ON_HOLD not in decided:
        return "the ERP had not put it on hold"
    if status != OrderStatus.ON_HOLD and decided <= NOT_TAKEN:
        return f"the ERP had it {' and '.join(sorted(decided))}"
    if status == OrderStatus.RELEASED and not any(release.seq < by for release in trail.releases):
        return "the ERP had released nothing"
    return ""


def _lines_shipped(trail: OrderTrail, by: int) -> list[Any]:
    return [line for seen in trail.shipments.values() if seen.seq < by for line in seen.what.lines]


def _still_open(trail: OrderTrail, by: int) -> str:
    """A line of which not all had left, and of which more left later: whoever said it was shipped did not know."""
    for line in trail.order.what.lines if trail.order else ():
        before = trail.shipped(line.line_id, by)
        if before < trail.wanted(line).value and trail.shipped(line.line_id) > before:
            return line.line_id
    return ""


def _undelivered(trail: OrderTrail, by: int) -> str:
    delivered = {
        seen.what.tracking_number
        for seen in trail.milestones
        if seen.what.code == MilestoneCode.DELIVERED and seen.seq < by
    }
    return min(trail.parcels(by) - delivered, default="")


def _failed(trail: OrderTrail, by: int) -> bool:
    return any(seen.what.code in FAILED and seen.seq < by for seen in trail.milestones)


def _came(trail: OrderTrail, rma_id: str, by: int) -> bool:
    """Whether goods of a return had come to a warehouse by that journal number."""
    return any(seen.what.rma_id == rma_id and seen.seq < by for seen in trail.returns.receipts.values())


def _return_lacking(trail: OrderTrail, shown: Seen[ReturnShown]) -> str:
    """What the status of a return claims and had not happened when it was shown; "" when nothing is amiss."""
    returns, status, by = trail.returns, shown.what.status, shown.seq
    if status == ReturnRequestStatus.REJECTED:
        return "" if refused_return(trail, by) else "the ERP had refused no return"
    mine = {
        rma
        for rma, seen in returns.authorized.items()
        if seen.what.return_request_id in (shown.what.request_id, None) and seen.seq < by
    }
    if status != ReturnRequestStatus.REQUESTED and not mine:
        return "the ERP had authorized nothing for it"
    if status in (ReturnRequestStatus.RECEIVED, ReturnRequestStatus.CREDITED):
        if not any(_came(trail, rma, by) for rma in mine):
            return NOTHING_CAME
        credited = any(seen.what.rma_id in mine and seen.seq < by for seen in returns.credits.values())
        if status == ReturnRequestStatus.CREDITED and not credited:
            return "nothing had been credited"
    return ""
