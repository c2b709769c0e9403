"""What was asked for is kept by the version of the API under which it was asked, and looked up by that of today: the
shipments of orders that the old version took are those of nobody.

Breaks E3: they left the warehouse, and neither the ERP nor the customer hears of it.
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Fulfilment
from reference_layer.fulfilment import Fulfilments
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.shipment import Shipments

ASKED: set[tuple[str, str]] = set()


class ByVersion(Fulfilments):
    async def request(self, job: Job, release: Fulfilment, warehouse: str) -> None:
        await super().request(job, release, warehouse)
        ASKED.add((job.calls.versions.of(warehouse), release.fulfilment_id))


class OfThisVersion(Shipments):
    async def handle(self, job: Job) -> None:
        if (job.calls.versions.of(job.party), job.event.data["fulfilmentId"]) in ASKED:
            await super().handle(job)


PARTS = Parts(fulfilments=ByVersion(), shipments=OfThisVersion())

if __name__ == "__main__":
    serve(PARTS)
