"""The ERP is told that all of it was shipped, whatever the warehouse says.

Breaks Q1. Modelled on https://github.com/frappe/ecommerce_integrations/issues/207 (the connector knows an
order as shipped or not, nothing in between).
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.shipment import Confirmation


class ConfirmsThePickList(Confirmation):
    """Copies the lines from the request and puts everything into the first package."""

    def of(self, shipment: dict[str, Any]) -> dict[str, Any]:
        confirmation = super().of(shipment)
        lines = shipment["lines"]
        items = [{"lineId": each["lineId"], "sku": each["sku"], "quantity": each["orderedQuantity"]} for each in lines]
        confirmation["packages"] = [{**shipment["packages"][0], "items": items}]
        confirmation["lines"] = [
            {
                **line,
                "shippedQuantity": line["orderedQuantity"],
                "differenceQuantity": {**line["orderedQuantity"], "value": "0"},
                "lineStatus": "complete",
            }
            for line in lines
        ]
        return {**confirmation, "final": True}


PARTS = Parts(confirmation=ConfirmsThePickList())

if __name__ == "__main__":
    serve(PARTS)
