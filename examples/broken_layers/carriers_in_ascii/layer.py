"""What the ERP is told of a carrier goes through an ASCII codec: "Économie Transport" becomes "?conomie Transport".

Breaks F1.
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.shipment import Confirmation


class WritesAscii(Confirmation):
    def of(self, shipment: dict[str, Any]) -> dict[str, Any]:
        told = super().of(shipment)
        carrier = {name: text.encode("ascii", "replace").decode() for name, text in told["carrier"].items()}
        return {**told, "carrier": carrier}


PARTS = Parts(confirmation=WritesAscii())

if __name__ == "__main__":
    serve(PARTS)
