"""What customer service sees of an order: told to the CRM when it changes, never an older truth after a newer."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import msgspec

from .documents import Knowledge, SalesOrder, Told
from .job import Job

FAILED = ("exception", "returning", "returned", "lost")  # milestones
# Whatever stands in a later row is never left for an earlier one.
RANKS = (
    ("submitted",),
    ("onHold",),
    ("accepted",),
    ("backordered", "released"),  # one may follow the other
    ("partiallyShipped",),
    ("shipped",),
    ("deliveryFailed",),
    ("delivered", "rejected", "cancelled", "returned"),
)
RANK = {status: rank for rank, row in enumerate(RANKS) for status in row}


class StatusPolicy:
    """Decides what is newer, what the order's status is, and what may follow."""

    def newer(self, known: SalesOrder | None, heard: SalesOrder) -> bool:
        return known is None or heard.version > known.version

    def status(self, order: Knowledge, now: str) -> str:
        """From the sales order and the parcels; `now` where neither says anything else."""
        if order.sales_order is None or order.sales_order.status == "cancelPending":
            return now
        lines = order.sales_order.lines
        if not any(line.shipped_quantity.value for line in lines):
            return order.sales_order.status if order.sales_order.status in RANK else now
        if any(line.quantity.value > line.shipped_quantity.value + line.cancelled_quantity.value for line in lines):
            return "partiallyShipped"
        codes = {parcel.code for parcel in order.parcels.values()}
        if not codes or codes - {"delivered", *FAILED}:
            return "shipped"
        return "delivered" if codes == {"delivered"} else "deliveryFailed"

    def may_follow(self, now: str, then: str) -> bool:
        if now in RANKS[-1] or (then == "cancelled" and RANK[now] >= RANK["partiallyShipped"]):
            return False
        return RANK[then] >= RANK[now]

    def as_of(self, order: Knowledge) -> datetime:
        """The newest business time among what the status is made of; never before what was told."""
        times = [parcel.occurred_at for parcel in order.parcels.values() if parcel.occurred_at is not None]
        times += [order.sales_order.updated_at] if order.sales_order else []
        times += [order.told.as_of] if order.told else []
        return max(times)


class StatusUpdates:
    """sales-order.changed: takes in what the ERP says of a sales order, and tells the CRM."""

    async def handle(self, job: Job) -> None:
        job.order.erp = job.order.erp or job.party
        await self.learn(job, msgspec.convert(job.event.data, SalesOrder, strict=False))

    async def learn(self, job: Job, heard: SalesOrder) -> None:
        """From an event or an answer of the ERP."""
        order = job.order
        if order.sales_order is not None and order.sales_order.sales_order_id != heard.sales_order_id:
            return  # another sales order under the same reference, not ours
        if not job.parts.status.newer(order.sales_order, heard):
            return
        order.sales_order = heard
        if why := heard.rejection_reasons or heard.holds:
            order.reason = "; ".join(each.detail for each in why)[:400]
        elif order.told and order.told.status == "onHold":
            order.reason = ""
        await self.tell(job)
        await job.parts.cases.review(job)

    async def tell(self, job: Job) -> None:
        """Tell the CRM what is true now, unless it was told before."""
        order, policy = job.order, job.parts.status
        if order.sales_order is None:
            return
        now = order.told.status if order.told else "submitted"
        then = policy.status(order, now)
        lines = self.lines(order.sales_order)
        told = Told(then if policy.may_follow(now, then) else now, policy.as_of(order), order.reason, lines)
        if order.told and msgspec.structs.replace(told, as_of=order.told.as_of) == order.told:
            return
        order_id, erp_order_id = order.sales_order.external_reference, order.sales_order.sales_order_id
        body = {"status": told.status, "asOf": told.as_of, "erpOrderId": erp_order_id, "lines": lines}
        if told.reason:
            body["reason"] = told.reason
        digest = hashlib.blake2b(msgspec.json.encode(body), digest_size=6).hexdigest()
        await job.effect(f"crm-order:{order_id}:status:{digest}", "crm", "PUT", f"/v1/orders/{order_id}/status", body)
        order.told = told

    def lines(self, sales_order: SalesOrder) -> list[dict[str, Any]]:
        """What became of each line, as the ERP has it."""
        names = ("lineId", "shippedQuantity", "backorderedQuantity", "cancelledQuantity", "returnedQuantity")
        return [{name: line[name] for name in names} for line in msgspec.to_builtins(sales_order.lines)]
