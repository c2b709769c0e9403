"""A milestone that comes before its shipment is shown under an unknown carrier, and so are all that follow.

Breaks C2. Modelled on https://github.com/Shopify/shopify-app-js/issues/603 (an update comes before what it updates).
"""

import msgspec
from reference_layer.__main__ import serve
from reference_layer.documents import Milestone, Parcel
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.tracking import Tracking

UNKNOWN = {"scac": "ZZZZ", "name": "unknown", "service": "unknown"}


class ShowsAtOnce(Tracking):
    async def handle(self, job: Job) -> None:
        milestone = msgspec.convert(job.event.data, Milestone, strict=False)
        parcel = Parcel(job.event.data["shipmentId"], job.party, UNKNOWN)
        job.order.parcels.setdefault(milestone.tracking_number, parcel)
        await super().handle(job)


PARTS = Parts(tracking=ShowsAtOnce())

if __name__ == "__main__":
    serve(PARTS)
