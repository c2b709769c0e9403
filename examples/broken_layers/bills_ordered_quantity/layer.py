"""The final shipment of an order is billed as if it completed it: what was short is billed as well.

Breaks M1. Modelled on https://github.com/OCA/l10n-romania/pull/1553 (the split of a backorder carries the
full demand).
"""

from decimal import Decimal
from typing import Any

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.shipment import Billing


class BillsOrderedQuantity(Billing):
    """Right for whole and for split shipments, so nobody noticed."""

    def lines(self, shipment: dict[str, Any]) -> list[dict[str, Any]]:
        if not shipment["final"]:
            return super().lines(shipment)
        return [{"lineId": line["lineId"], "quantity": _all_of(line)} for line in shipment["lines"]]


def _all_of(line: dict[str, Any]) -> dict[str, Any]:
    shipped, difference = line["shippedQuantity"], line["differenceQuantity"]
    return {"value": str(Decimal(shipped["value"]) + Decimal(difference["value"])), "uom": shipped["uom"]}


PARTS = Parts(billing=BillsOrderedQuantity())

if __name__ == "__main__":
    serve(PARTS)
