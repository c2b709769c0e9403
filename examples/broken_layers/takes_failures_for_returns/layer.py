"""A parcel that the carrier brings back is taken for a return, and the ERP authorizes one that nobody asked for.

Breaks E2. Modelled on https://github.com/frappe/ecommerce_integrations/issues/225 (what comes back undelivered has no
path of its own).
"""

from reference_layer.__main__ import serve
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.tracking import Tracking


class ComesBack(Tracking):
    async def handle(self, job: Job) -> None:
        await super().handle(job)
        if job.event.data["code"] != "returning":
            return
        sold = await job.read("erp", f"/v1/sales-orders/{job.sales_order_id}")
        lines = [{name: line[name] for name in ("lineId", "quantity")} for line in sold["lines"]]
        body = {"salesOrderId": job.sales_order_id, "reason": "other", "lines": lines}
        await job.effect(f"parcel:{job.event.data['trackingNumber']}:return", "erp", "POST", "/v1/returns", body)


PARTS = Parts(tracking=ComesBack())

if __name__ == "__main__":
    serve(PARTS)
