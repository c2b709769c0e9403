"""The order's status follows the message that came last: a late, older one puts it back.

Breaks S1. Modelled on https://github.com/mollie/WooCommerce/issues/1252 (a late "paid" revives a cancelled
order).
"""

from reference_layer.__main__ import serve
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.tracking import Tracking


class StatusFollowsLastMessage(Tracking):
    """The parcel itself is guarded against old news; the order is not."""

    async def handle(self, job: Job) -> None:
        await super().handle(job)
        data = job.event.data
        status = "delivered" if data["code"] == "delivered" else "shipped"
        key = f"crm-order:{data['orderId']}:status:{job.event.id}"
        path = f"/v1/orders/{data['orderId']}/status"
        await job.effect(key, "crm", "PUT", path, {"status": status, "asOf": data["occurredAt"]})


PARTS = Parts(tracking=StatusFollowsLastMessage())

if __name__ == "__main__":
    serve(PARTS)
