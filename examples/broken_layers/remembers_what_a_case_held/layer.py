"""What a pack holds is read once for each item and remembered for ever: a case of ten still counts as twelve.

Breaks Q3. The cache has no end, and nobody empties it when the item changes.
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Quantity
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.units import Units


class Remembered(Units):
    def __init__(self) -> None:
        self._held: dict[tuple[str, str], Quantity] = {}

    async def base(self, job: Job, sku: str, quantity: Quantity) -> Quantity:
        if (sku, quantity.uom) not in self._held:
            self._held[sku, quantity.uom] = await super().base(job, sku, Quantity(value=1, uom=quantity.uom))
        one = self._held[sku, quantity.uom]
        return Quantity(value=quantity.value * one.value, uom=one.uom)


PARTS = Parts(units=Remembered())


if __name__ == "__main__":
    serve(PARTS)
