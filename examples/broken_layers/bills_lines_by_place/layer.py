"""The lines of a bill are taken by their place in the shipment: its first line is line 1, the next line 2.

Breaks M1. Nobody notices as long as every shipment has all lines; one without the first bills that.
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.shipment import Billing


class ByPlace(Billing):
    def lines(self, shipment: dict[str, Any]) -> list[dict[str, Any]]:
        return [{**line, "lineId": str(place)} for place, line in enumerate(super().lines(shipment), 1)]


PARTS = Parts(billing=ByPlace())

if __name__ == "__main__":
    serve(PARTS)
