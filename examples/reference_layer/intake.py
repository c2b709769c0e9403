"""order.submitted: the CRM's order becomes one sales order in the ERP."""

from __future__ import annotations

import msgspec

from .calls import Refused
from .documents import Order, SalesOrder
from .job import Job, NotYet

PASSED_ON = (
    *("customerNumber", "customerReference", "currency", "requestedDate", "shipTo", "billTo"),
    *("serviceLevel", "partialPolicy", "freight"),
)
PASSED_ON_OF_LINE = ("lineId", "sku", "quantity", "unitPrice")
# They are created by events of their own, which an order may overtake.
NOT_THERE_YET = ("unknown-customer", "unknown-item")


class Intake:
    """One sales order per CRM order: the order map knows, the outbox key holds, and after a break the ERP is asked."""

    async def handle(self, job: Job) -> None:
        """Raises: NotYet while the ERP does not know the customer or an item; Refused, GaveUp,
        msgspec.ValidationError.
        """
        order = msgspec.convert(job.event.data, Order, strict=False)
        job.order.order_id = order.order_id
        trace = job.trace  # read once: it is the order's own as soon as that has one
        job.order.correlation, job.order.traceparent = trace.correlation, trace.traceparent
        if job.parts.recognition.knows(job.order):
            return
        job.order.erp = job.calls.erps.of_new(order)
        sales_order = await self._existing(job, order.order_id) if job.message.replays else None
        if sales_order is None:
            sales_order = await self.place(job, order)
        await job.parts.updates.learn(job, sales_order)

    async def place(self, job: Job, order: Order) -> SalesOrder:
        data = job.event.data
        warehouses = await job.parts.routing.choose(job, order.ship_to, order.service_level, order.lines)
        body = {
            "externalReference": order.order_id,
            **{name: data[name] for name in PASSED_ON if name in data},
            "lines": [
                {**{name: line[name] for name in PASSED_ON_OF_LINE}, "warehouseId": warehouses[line["lineId"]]}
                for line in data["lines"]
            ],
        }
        try:
            answer = await job.effect(f"crm-order:{order.order_id}:create", job.erp, "POST", "/v1/sales-orders", body)
        except Refused as refusal:
            if refusal.code not in NOT_THERE_YET:
                raise
            raise NotYet(str(refusal)) from refusal
        return msgspec.convert(answer, SalesOrder, strict=False)

    async def _existing(self, job: Job, order_id: str) -> SalesOrder | None:
        """A replay may come after the ERP has forgotten the Idempotency-Key."""
        found = (await job.read(job.erp, f"/v1/sales-orders?externalReference={order_id}"))["items"]
        return msgspec.convert(found[0], SalesOrder, strict=False) if found else None
