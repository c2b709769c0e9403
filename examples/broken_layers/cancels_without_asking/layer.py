"""The ERP asks for a cancellation and gets what it wants to hear; nobody asks the warehouse.

Breaks E2. The goods go out, and the ERP has their stock free again.
"""

from reference_layer.__main__ import serve
from reference_layer.cancellation import FulfilmentCancellation
from reference_layer.job import Job
from reference_layer.layer import Parts


class SaysYes(FulfilmentCancellation):
    async def handle(self, job: Job) -> None:
        fulfilment_id = job.event.data["fulfilmentId"]
        key = f"fulfilment:{fulfilment_id}:cancellation:{job.event.sequence}"
        path = f"/v1/fulfilments/{fulfilment_id}/cancellation"
        await job.effect(key, "erp", "POST", path, {"outcome": "cancelled"}, "fulfilment-state")


PARTS = Parts(cancellations=SaysYes())

if __name__ == "__main__":
    serve(PARTS)
