"""What comes back is booked under the lot and the serial numbers that the layer knows from the shipment, the first of
them first, whatever the warehouse has read from the goods.

Breaks F1.
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.documents import Quantity, ReceivedLine
from reference_layer.layer import Parts
from reference_layer.returns import Inspection
from reference_layer.shipment import Confirmation


class Sold(Confirmation):
    """Takes down which lots and pieces of each item left, in the order in which they did."""

    def __init__(self) -> None:
        self.lots: dict[str, str] = {}
        self.serials: dict[str, list[str]] = {}

    def of(self, shipment: dict[str, Any]) -> dict[str, Any]:
        for package in shipment["packages"]:
            for item in package["items"]:
                if "lot" in item:
                    self.lots.setdefault(item["sku"], item["lot"])
                self.serials.setdefault(item["sku"], []).extend(item.get("serials", []))
        return super().of(shipment)


class KnowsBetter(Inspection):
    def __init__(self, sold: Sold) -> None:
        self._sold = sold

    def told(self, line: ReceivedLine, raw: dict[str, Any], base: Quantity) -> dict[str, Any]:
        told = super().told(line, raw, base)
        if "lot" in told:
            told["lot"] = self._sold.lots.get(line.sku, told["lot"])
        if "serials" in told:
            told["serials"] = self._sold.serials.get(line.sku, [])[: len(told["serials"])] or told["serials"]
        return told


SOLD = Sold()
PARTS = Parts(confirmation=SOLD, inspection=KnowsBetter(SOLD))

if __name__ == "__main__":
    serve(PARTS)
