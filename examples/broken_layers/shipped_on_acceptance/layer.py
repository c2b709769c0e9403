"""Customer service is told "shipped" when the warehouse accepts the request, hours before anything leaves.

Breaks S2.
"""

from reference_layer.__main__ import serve
from reference_layer.fulfilment import Fulfilments
from reference_layer.job import Job
from reference_layer.layer import Parts


class ShippedOnAcceptance(Fulfilments):
    async def handle(self, job: Job) -> None:
        await super().handle(job)
        order_id = job.event.data["orderId"]
        key = f"fulfilment:{job.event.data['fulfilmentId']}:shipped"
        as_of = job.parts.status.as_of(job.order)
        await job.effect(key, "crm", "PUT", f"/v1/orders/{order_id}/status", {"status": "shipped", "asOf": as_of})


PARTS = Parts(fulfilments=ShippedOnAcceptance())

if __name__ == "__main__":
    serve(PARTS)
