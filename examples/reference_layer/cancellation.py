"""Cancelling: the CRM asks the ERP, the ERP asks the warehouse, and each hears what became of it."""

from __future__ import annotations

import msgspec

from .calls import Refused
from .documents import Fulfilment, Request
from .job import Job


class OrderCancellation:
    """order.cancel-requested: the ERP decides; what it decides comes back as news of the sales order."""

    async def handle(self, job: Job) -> None:
        """Raises: NotYet while there is no sales order; Refused, GaveUp."""
        path = f"/v1/sales-orders/{job.sales_order_id}/cancel"
        key = f"crm-order:{job.message.order_key}:cancel:{job.event.sequence}"
        reason = job.event.data.get("cancellationReason", "the customer asked for it")
        try:
            await job.effect(key, job.erp, "POST", path, {"reason": reason})
        except Refused as refusal:
            if refusal.code not in ("not-cancellable", "order-state"):
                raise
            job.order.reason = "The order can no longer be cancelled"
            await job.parts.updates.tell(job)


class FulfilmentCancellation:
    """fulfilment.cancel-requested: asks the warehouse and reports to the ERP."""

    async def handle(self, job: Job) -> None:
        """Raises: Refused, GaveUp."""
        fulfilment = msgspec.convert(job.event.data, Fulfilment, strict=False)
        known = job.order.requests.setdefault(fulfilment.fulfilment_id, Request())
        warehouse = job.warehouses[fulfilment.warehouse_id]
        stop_key = f"fulfilment:{fulfilment.fulfilment_id}:r{fulfilment.revision}:cancel"
        try:
            await warehouse.stop(job, job.event.data, "the customer asked for it", stop_key)
            known.cancelled = True
        except Refused as refusal:
            if refusal.code != "too-late":
                raise
        report = {"outcome": "cancelled"} if known.cancelled else {"outcome": "refused", "reason": "the pick is done"}
        path = f"/v1/fulfilments/{fulfilment.fulfilment_id}/cancellation"
        key = f"fulfilment:{fulfilment.fulfilment_id}:cancellation:{job.event.sequence}"
        # goods that went out in spite of it end the fulfilment before the refusal is told
        await job.effect(key, job.erp, "POST", path, report, "fulfilment-state")
        if not known.cancelled:
            job.order.reason = "The order can no longer be cancelled: the goods are picked"
            await job.parts.updates.tell(job)
