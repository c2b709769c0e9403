"""There are two addresses in an order, and for nearly all customers they are the same: this takes the wrong one.

Breaks F1.
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Order, SalesOrder
from reference_layer.intake import Intake
from reference_layer.job import Job
from reference_layer.layer import Parts


class Swapped(Intake):
    async def place(self, job: Job, order: Order) -> SalesOrder:
        job.event.data["shipTo"] = job.event.data["billTo"]
        return await super().place(job, order)


PARTS = Parts(intake=Swapped())

if __name__ == "__main__":
    serve(PARTS)
