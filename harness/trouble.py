"""What went wrong for a customer: the exceptions of an order that customer service must know of.

They are worked out from the facts of ERP, warehouses and carriers; what the layer makes of them is X1's affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..contracts.objects import (
    CaseCategory,
    Condition,
    LineStatus,
    MilestoneCode,
    ReturnReceipt,
    SalesOrderStatus,
)
from . import entry_detail
from .returns import ACCEPTED
from .trail import FAILED, NO_EFFECT, OrderTrail

SHIPPED_EVENT = "crossdock.shipment.shipped.v1"
MILESTONE_EVENT = "crossdock.tracking.milestone.v1"
RECEIVED_EVENT = "crossdock.return.received.v1"
UNANNOUNCED_EVENT = "crossdock.return.unannounced.v1"
ORDER_EVENTS = ("crossdock.sales-order.acknowledged.v1", "crossdock.sales-order.changed.v1")
# What an ERP answers to an order that it will not take, however often it is asked.
NOT_TAKEN = frozenset({"400", "404", "409", "422"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong for the customer, from journal entry `seq` on.

    `subject` is the shipment, parcel, sales order or receipt that it is about; `parts` how many cases a layer may open
    about it at most (one for each short line, each time a parcel failed, or each way in which a return is odd);
    `over`: it has been put right since; `counts`: the layer must see to it, for no fault swallowed the event that told
    of it, and no wrong confirmation (Q1) covers it.
    """

    category: CaseCategory
    what: str
    seq: int
    over: bool
    subject: str
    parts: int = 1
    counts: bool = True


def troubles_of(trail: OrderTrail) -> list[Trouble]:
    """The exceptions of an order, in no particular order."""
    return [*_short_shipments(trail), *_failed_deliveries(trail), *_decisions(trail), *_odd_returns(trail)]


def refused_order(trail: OrderTrail) -> bool:
    """Whether the ERP would not even take the order, so that there is no sales order that could be rejected."""
    return not trail.sales_orders and any(
        entry.name == "createSalesOrder" and entry.kind == "fail" and entry_detail.text(entry, "status") in NOT_TAKEN
        for entry in trail.entries
    )


def _short_shipments(trail: OrderTrail) -> Iterator[Trouble]:
    ordered = {line.line_id: trail.wanted(line).value for line in trail.order.what.lines} if trail.order else {}
    for (party, shipment_id), seen in trail.shipments.items():
        short = [line for line in seen.what.lines if line.line_status == LineStatus.SHORT_CLOSED]
        if seen.what.final and short:
            lines = ", ".join(f"{line.difference_quantity.value} of line {line.line_id}" for line in short)
            yield Trouble(
                CaseCategory.SHORT_SHIP,
                f"{party} left {lines} out of {shipment_id} for good",
                seen.seq,
                over=all(trail.shipped(line.line_id) >= ordered.get(line.line_id, Decimal(0)) for line in short),
                subject=shipment_id,
                parts=len(short),
                counts=trail.heard(SHIPPED_EVENT, shipment_id) and not any(map(trail.mistold, trail.confirmed(seen))),
            )


def _failed_deliveries(trail: OrderTrail) -> Iterator[Trouble]:
    for number, last in trail.latest_milestones().items():
        steps = sorted(
            (seen for seen in trail.milestones if seen.what.tracking_number == number),
            key=lambda seen: seen.what.sequence,
        )
        failures = [
            seen
            for place, seen in enumerate(steps)
            if seen.what.code in FAILED and (place == 0 or steps[place - 1].what.code not in FAILED)
        ]
        if failures:
            yield Trouble(
                CaseCategory.DELIVERY_FAILED,
                f"the carrier reported {failures[0].what.code} for parcel {number}",
                failures[0].seq,
                over=last.what.code == MilestoneCode.DELIVERED,
                subject=number,
                parts=len(failures),
                counts=trail.heard(MILESTONE_EVENT, number),
            )


def _decisions(trail: OrderTrail) -> Iterator[Trouble]:
    taken_after_all = any(seen.what.status not in NO_EFFECT for seen in trail.sales_orders.values())
    for key in trail.sales_orders:
        history = [seen for seen in trail.sales_order_history if seen.what.sales_order_id == key]
        counts = all(trail.heard(event_type, key) for event_type in ORDER_EVENTS)
        rejected = next((seen for seen in history if seen.what.status == SalesOrderStatus.REJECTED), None)
        if rejected is not None:
            yield Trouble(
                CaseCategory.ORDER_REJECTED,
                f"the ERP rejected {key}",
                rejected.seq,
                over=taken_after_all,
                subject=key,
                counts=counts,
            )
        held = next((seen for seen in history if seen.what.status == SalesOrderStatus.ON_HOLD), None)
        if held is not None:
            yield Trouble(
                CaseCategory.CREDIT_HOLD,
                f"the ERP put {key} on credit hold",
                held.seq,
                over=history[-1].what.status != SalesOrderStatus.ON_HOLD,
                subject=key,
                counts=counts,
            )


def _odd_returns(trail: OrderTrail) -> Iterator[Trouble]:
    """Receipts that are not as announced, and goods that nobody announced."""
    for (party, receipt_id), seen in trail.returns.receipts.items():
        odd = list(_deviations(trail, party, seen.what))
        if odd:
            yield Trouble(
                CaseCategory.RETURN_EXCEPTION,
                f"{receipt_id} of return {seen.what.rma_id} brought {', '.join(odd)}",
                seen.seq,
                over=False,
                subject=receipt_id,
                parts=len(odd),
                counts=trail.heard(RECEIVED_EVENT, receipt_id),
            )
    for (party, receipt_id), unasked in trail.returns.unannounced.items():
        yield Trouble(
            CaseCategory.RETURN_EXCEPTION,
            f"{party} found goods of this order that nobody had announced ({receipt_id})",
            unasked.seq,
            over=False,
            subject=receipt_id,
            parts=len(unasked.what.lines),
            counts=trail.heard(UNANNOUNCED_EVENT, receipt_id),
        )


def _deviations(trail: OrderTrail, party: str, receipt: ReturnReceipt) -> Iterator[str]:
    """How a receipt differs from what was announced, each difference in words."""
    expected = {line.line_id: line for line in trail.returns.announced[(party, receipt.rma_id)].what.lines}
    for line in receipt.lines:
        if line.sku != expected[line.line_id].sku or line.condition == Condition.WRONG_ITEM:
            yield f"another item on line {line.line_id}"
        elif line.condition not in ACCEPTED:
            yield f"{line.quantity} {line.condition} on line {line.line_id}"
    for total in trail.returns.counted[(party, receipt.receipt_id)].lines:
        came = {line.sku for line in receipt.lines if line.line_id == total.line_id}
        if total.received_quantity > total.quantity and total.sku in came:
            yield f"more than announced on line {total.line_id}"
        elif receipt.final and total.received_quantity < total.quantity:
            yield f"less than announced on line {total.line_id}"
