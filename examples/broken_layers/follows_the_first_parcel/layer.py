"""Of a shipment in several parcels only the first is followed: most have one, and the code takes the first of the list.

Breaks C1.
"""

from reference_layer.__main__ import serve
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.tracking import Tracking


class FirstOnly(Tracking):
    async def handle(self, job: Job) -> None:
        number = job.event.data["trackingNumber"]
        shipment = job.event.data["shipmentId"]
        parcels = sorted(key for key, parcel in job.order.parcels.items() if parcel.shipment_id == shipment)
        for other in parcels[1:]:
            del job.order.parcels[other]
        if number in parcels[1:]:
            return
        await super().handle(job)


PARTS = Parts(tracking=FirstOnly())

if __name__ == "__main__":
    serve(PARTS)
