"""A fulfilment that the ERP moves is requested from the new warehouse, and the old one is not told: both ship.

Breaks Q2. Modelled on https://github.com/allegro/allegro-api/issues/13786 (a second waybill for the same goods).
"""

import msgspec
from reference_layer.__main__ import serve
from reference_layer.documents import Fulfilment, Request
from reference_layer.fulfilment import Fulfilments
from reference_layer.job import Job
from reference_layer.layer import Parts


class ForgetsTheFirst(Fulfilments):
    async def handle(self, job: Job) -> None:
        release = msgspec.convert(job.event.data, Fulfilment, strict=False)
        known = job.order.requests.setdefault(release.fulfilment_id, Request())
        if release.warehouse_id != known.warehouse_id:
            known.warehouse_id = ""
        await super().handle(job)


PARTS = Parts(fulfilments=ForgetsTheFirst())

if __name__ == "__main__":
    serve(PARTS)
