"""All orders go by the standard service: the mapping table has one row, and a default.

Breaks F1.
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Order, SalesOrder
from reference_layer.intake import Intake
from reference_layer.job import Job
from reference_layer.layer import Parts


class InNoHaste(Intake):
    async def place(self, job: Job, order: Order) -> SalesOrder:
        job.event.data["serviceLevel"] = "standard"
        return await super().place(job, order)


PARTS = Parts(intake=InNoHaste())

if __name__ == "__main__":
    serve(PARTS)
