"""Quantities are kept in a column for whole numbers: of 12.375 metres the ERP books 12, of half a kilogram one.

Breaks Q1.
"""

from decimal import ROUND_HALF_UP, Decimal

from reference_layer.__main__ import serve
from reference_layer.documents import Order, SalesOrder
from reference_layer.intake import Intake
from reference_layer.job import Job
from reference_layer.layer import Parts


class CountsPieces(Intake):
    async def place(self, job: Job, order: Order) -> SalesOrder:
        for line in job.event.data["lines"]:
            whole = Decimal(line["quantity"]["value"]).to_integral_value(ROUND_HALF_UP)
            line["quantity"]["value"] = str(max(whole, Decimal(1)))
        return await super().place(job, order)


PARTS = Parts(intake=CountsPieces())

if __name__ == "__main__":
    serve(PARTS)
