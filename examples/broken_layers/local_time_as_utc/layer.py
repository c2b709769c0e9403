"""The moment of a shipment is written in the layer's own time zone, two hours east, and marked as UTC.

Breaks F1. Modelled on https://github.com/OCA/connector-magento/issues/249 (local time is stored as UTC).
"""

from datetime import datetime, timedelta, timezone
from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.shipment import Confirmation

HERE = timezone(timedelta(hours=2))


class WritesLocalTime(Confirmation):
    def of(self, shipment: dict[str, Any]) -> dict[str, Any]:
        local = datetime.fromisoformat(shipment["shippedAt"]).astimezone(HERE)
        return {**super().of(shipment), "shippedAt": local.replace(tzinfo=None).isoformat() + "Z"}


PARTS = Parts(confirmation=WritesLocalTime())

if __name__ == "__main__":
    serve(PARTS)
