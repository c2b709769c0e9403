"""An order that the old ERP does not answer to within a second is booked in the new one: its region goes over anyway.

Breaks E1: what the old ERP took without an answer is booked in both.
"""

import asyncio

from reference_layer.__main__ import serve
from reference_layer.documents import Order, SalesOrder
from reference_layer.intake import Intake
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.settings import CLOUD_ERP

PATIENCE_S = 1.0


class FailsOver(Intake):
    async def place(self, job: Job, order: Order) -> SalesOrder:
        if all(row.region != order.ship_to.region for row in job.calls.erps.table.rows):
            return await super().place(job, order)
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await super().place(job, order)
        except TimeoutError:
            job.order.erp = CLOUD_ERP
            return await super().place(job, order)


PARTS = Parts(intake=FailsOver())

if __name__ == "__main__":
    serve(PARTS)
