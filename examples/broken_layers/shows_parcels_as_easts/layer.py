"""Customer service sees every parcel as sent by the east: the first warehouse that there was is written into the code.

Breaks F1. A shipment id is unique within its warehouse only.
"""

from reference_layer.__main__ import serve
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.tracking import Tracking


class AllFromTheEast(Tracking):
    async def handle(self, job: Job) -> None:
        for parcel in job.order.parcels.values():
            parcel.warehouse_id = "east"
        await super().handle(job)


PARTS = Parts(tracking=AllFromTheEast())

if __name__ == "__main__":
    serve(PARTS)
