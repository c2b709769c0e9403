"""An order of a region that goes over, and that the old ERP does not take within a second, is left to the people of the
project, who are to enter it by hand. All they have is a line in the log.

Breaks E3: nobody reads it.
"""

import asyncio

from reference_layer.__main__ import serve
from reference_layer.documents import Order, SalesOrder
from reference_layer.erps import ERP
from reference_layer.intake import Intake
from reference_layer.job import Job
from reference_layer.layer import Parts

PATIENCE_S = 1.0


class LeavesItToPeople(Intake):
    async def handle(self, job: Job) -> None:
        try:
            await super().handle(job)
        except TimeoutError:
            return

    async def place(self, job: Job, order: Order) -> SalesOrder:
        goes_over = any(row.region == order.ship_to.region for row in job.calls.erps.table.rows)
        async with asyncio.timeout(PATIENCE_S if goes_over and job.erp == ERP else None):
            return await super().place(job, order)


PARTS = Parts(intake=LeavesItToPeople())

if __name__ == "__main__":
    serve(PARTS)
