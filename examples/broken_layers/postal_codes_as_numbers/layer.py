"""A postal code is taken for a number, as spreadsheets do: 02108 in Boston becomes 2108.

Breaks F1.
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Order, SalesOrder
from reference_layer.intake import Intake
from reference_layer.job import Job
from reference_layer.layer import Parts


class ReadsNumbers(Intake):
    async def place(self, job: Job, order: Order) -> SalesOrder:
        to = job.event.data["shipTo"]
        to["postalCode"] = str(int(to["postalCode"]))
        return await super().place(job, order)


PARTS = Parts(intake=ReadsNumbers())

if __name__ == "__main__":
    serve(PARTS)
