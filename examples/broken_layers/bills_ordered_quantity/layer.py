"""The invoice bills what was ordered, also when less was shipped.

Breaks M1. Modelled on https://github.com/OCA/l10n-romania/pull/1553 (the split of a backorder carries the
full demand).
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.shipment import Billing


class BillsOrderedQuantity(Billing):
    """Takes the first quantity of the line that comes to hand."""

    def lines(self, shipment: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"lineId": line["lineId"], "quantity": line["orderedQuantity"]} for line in shipment["lines"]]


PARTS = Parts(billing=BillsOrderedQuantity())

if __name__ == "__main__":
    serve(PARTS)
