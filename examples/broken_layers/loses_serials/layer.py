"""Packages are booked by item and quantity alone: nobody can find the pieces that are called back.

Breaks F1.
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.shipment import Confirmation

KEPT = ("lineId", "sku", "quantity")


class BooksQuantities(Confirmation):
    def of(self, shipment: dict[str, Any]) -> dict[str, Any]:
        told = super().of(shipment)
        packages = [
            {**package, "items": [{name: item[name] for name in KEPT} for item in package["items"]]}
            for package in told["packages"]
        ]
        return {**told, "packages": packages}


PARTS = Parts(confirmation=BooksQuantities())

if __name__ == "__main__":
    serve(PARTS)
