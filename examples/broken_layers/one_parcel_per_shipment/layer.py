"""The ERP is told of one parcel for each shipment, the first, with all that left in it: other labels are lost.

Breaks F1.
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.shipment import Confirmation


class PacksAllIntoTheFirst(Confirmation):
    def of(self, shipment: dict[str, Any]) -> dict[str, Any]:
        told = super().of(shipment)
        if not told["packages"]:
            return told
        first, *others = told["packages"]
        items = [*first["items"], *(item for other in others for item in other["items"])]
        return {**told, "packages": [{**first, "items": items}]}


PARTS = Parts(confirmation=PacksAllIntoTheFirst())

if __name__ == "__main__":
    serve(PARTS)
