"""The warehouse is asked as soon as the order comes, without waiting for the ERP to release it.

Breaks E2: goods leave that no fulfilment stands for, and then again for the one that does. Modelled on
https://github.com/allegro/allegro-api/issues/13786 (a phantom second waybill from two paths).
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Order, SalesOrder
from reference_layer.intake import Intake
from reference_layer.job import Job
from reference_layer.layer import Parts


class ReleasesByItself(Intake):
    async def place(self, job: Job, order: Order) -> SalesOrder:
        sales_order = await super().place(job, order)
        data = job.event.data
        to = order.ship_to
        warehouse = (await job.parts.routing.choose(job, to, order.service_level, order.lines))[order.lines[0].line_id]
        body = {
            "fulfilmentId": f"F-{order.order_id}"[:22],
            "revision": 1,
            "warehouseId": warehouse,
            "orderId": order.order_id,
            "salesOrderId": sales_order.sales_order_id,
            "shipTo": data["shipTo"],
            "serviceLevel": order.service_level,
            "lines": [{name: line[name] for name in ("lineId", "sku", "quantity")} for line in data["lines"]],
        }
        key = f"crm-order:{order.order_id}:{warehouse}"
        await job.effect(key, warehouse, "POST", "/v1/fulfilment-requests", body)
        return sales_order


PARTS = Parts(intake=ReleasesByItself())

if __name__ == "__main__":
    serve(PARTS)
