"""Once a region has gone over, each shipment is confirmed to the new ERP and billed there, whoever has booked it.

Breaks T1: the ERP that has booked it hears nothing of its goods, and the other can do nothing with them.
"""

from datetime import datetime

from reference_layer.__main__ import serve
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.settings import CLOUD_ERP
from reference_layer.shipment import Shipments


class ByDateOfShipping(Shipments):
    async def handle(self, job: Job) -> None:
        shipped_at = datetime.fromisoformat(job.event.data["shippedAt"])
        if any(shipped_at >= row.valid_from for row in job.calls.erps.table.rows):
            job.order.erp = CLOUD_ERP
        await super().handle(job)


PARTS = Parts(shipments=ByDateOfShipping())

if __name__ == "__main__":
    serve(PARTS)
