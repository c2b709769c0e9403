"""ship_confirm: what left the warehouse, a row for each part of a line in a package."""

from __future__ import annotations

from .....contracts.layouts import Value
from .....contracts.objects import Package, PackageItem, Shipment, ShipmentLine
from ..registry import Rows, Telling, told


@told.register("crossdock.shipment.shipped.v1")
class ShipConfirm(Telling):
    """A line of which nothing left has one row without package."""

    layout = "ship_confirm"
    data = Shipment

    @staticmethod
    def rows(shipment: Shipment) -> Rows:
        lines = {line.line_id: line for line in shipment.lines}
        whole: dict[str, Value] = {
            "shipment_id": shipment.shipment_id,
            "order_id": shipment.fulfilment_id,
            "customer_order_no": shipment.order_id,
            "warehouse": shipment.warehouse_id,
            "shipped_at": shipment.shipped_at,
            "carrier": shipment.carrier.scac,
            "carrier_name": shipment.carrier.name,
            "service": shipment.carrier.service,
            "order_complete": shipment.final,
        }
        for package in shipment.packages:
            for item in package.items:
                yield whole | _line(lines[item.line_id]) | _packed(package, item)
        for line in shipment.lines:
            if not line.shipped_quantity.value:
                yield whole | _line(line)


def _line(line: ShipmentLine) -> dict[str, Value]:
    return {
        "line_no": line.line_id,
        "sku": line.sku,
        "qty_ordered": line.ordered_quantity.value,
        "qty_shipped": line.shipped_quantity.value,
        "qty_short": line.difference_quantity.value,
        "uom": line.ordered_quantity.uom,
        "line_status": line.line_status.value,
    }


def _packed(package: Package, item: PackageItem) -> dict[str, Value]:
    return {
        "package_id": package.package_id,
        "sscc": package.sscc,
        "tracking_no": package.tracking_number,
        "weight": package.weight.value if package.weight else None,
        "weight_uom": package.weight.uom if package.weight else None,
        "qty_in_package": item.quantity.value,
        "lot": item.lot,
        "serials": tuple(item.serials) if item.serials else None,
    }
