"""The number is passed on, the unit is not: two cases of twelve are two pieces.

Breaks Q3 for what a warehouse corrects, and Q1 for what comes back. Modelled on
https://github.com/magento/inventory/issues/1246 (quantities of a bundle and of its parts are mixed up).
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Quantity
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.units import PIECE, Units


class AllIsPieces(Units):
    async def base(self, job: Job, sku: str, quantity: Quantity) -> Quantity:
        return Quantity(value=quantity.value, uom=PIECE)


PARTS = Parts(units=AllIsPieces())


if __name__ == "__main__":
    serve(PARTS)
