"""945, warehouse shipping advice: what left the warehouse, package by package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from .....contracts.edi.writer import SegmentValues
from .....contracts.objects import LineStatus, Package, PackageItem, Quantity, Shipment, ShipmentLine
from ....transaction import State
from ..agreement import UNIVERSAL_TIME, clock, day
from ..codes import IN_ANOTHER_PACKAGE, LINE_STATUS
from ..sets import Telling, told
from ..units import code_of

KILOGRAM = "KGM"
MORE_TO_COME, COMPLETE, CLOSED = (
    LINE_STATUS[LineStatus.PARTIAL],
    LINE_STATUS[LineStatus.COMPLETE],
    LINE_STATUS[LineStatus.SHORT_CLOSED],
)


@told.register("crossdock.shipment.shipped.v1")
class ShippingAdvice(Telling):
    """Each package is a loop LX, each part of a line in it a W12. Only the last W12 of a line has its status and what
    is missing of it; those before it are split off whole. W1202 is what was still open when this shipment was made,
    so that W1204 = W1202 − W1203 in every segment; what was asked for at first stands in QTY*38.
    """

    set_id = "945"
    data = Shipment

    @staticmethod
    def segments(shipment: Shipment, state: State) -> list[SegmentValues]:
        carrier, warehouse = shipment.carrier, str(shipment.warehouse_id)
        weight = sum((_kilograms(package) for package in shipment.packages), Decimal(0))
        total = sum((line.shipped_quantity.value for line in shipment.lines), Decimal(0))
        boxes = str(len(shipment.packages)) if shipment.packages else ""
        return [
            ["W06", "F", shipment.fulfilment_id, day(shipment.shipped_at), shipment.shipment_id],
            ["N1", "SF", warehouse.upper(), "92", warehouse],
            ["N1", "CA", carrier.name, "2", carrier.scac],
            ["N9", "CO", shipment.order_id],
            ["G62", "11", day(shipment.shipped_at), "8", clock(shipment.shipped_at), UNIVERSAL_TIME],
            ["W27", "M", carrier.scac, carrier.service, "PP", "", "", "", _status(shipment)],
            *_contents(shipment),
            [
                *("W03", f"{total:f}"),
                *((f"{weight:f}", "KG") if weight else ("", "")),
                *(("", "", boxes, "CT") if boxes else ()),
            ],
        ]


def _status(shipment: Shipment) -> str:
    """Element 368 of the whole shipment: the partner sees by it whether another one comes."""
    if not shipment.final:
        return MORE_TO_COME
    short = any(line.line_status is LineStatus.SHORT_CLOSED for line in shipment.lines)
    return CLOSED if short else COMPLETE


def _contents(shipment: Shipment) -> Iterator[SegmentValues]:
    parts = {line.line_id: 0 for line in shipment.lines}
    for package in shipment.packages:
        for item in package.items:
            parts[item.line_id] = parts.get(item.line_id, 0) + 1
    lines = {line.line_id: line for line in shipment.lines}
    number = 0
    for number, package in enumerate(shipment.packages, 1):
        yield ["LX", str(number)]
        if package.sscc is not None:
            yield ["MAN", "GM", f"00{package.sscc}"]
        if package.tracking_number is not None:
            yield ["MAN", "CP", package.tracking_number]
        yield ["N9", "LV", package.package_id]
        for place, item in enumerate(package.items):
            parts[item.line_id] -= 1
            last = not parts[item.line_id]
            yield from _item(item, lines[item.line_id], last, package.weight if place == 0 else None)
    for line in shipment.lines:
        if not line.shipped_quantity.value:
            number += 1
            yield ["LX", str(number)]
            yield from _nothing(line)


def _item(item: PackageItem, line: ShipmentLine, last: bool, weight: Quantity | None) -> Iterator[SegmentValues]:
    shipped = item.quantity.value
    difference = line.difference_quantity.value if last else Decimal(0)
    status = LINE_STATUS[line.line_status] if last else IN_ANOTHER_PACKAGE
    weighed = (f"{weight.value:f}", "G", "K") if weight is not None and weight.uom == KILOGRAM else ()
    yield [
        *("W12", status, f"{shipped + difference:f}", f"{shipped:f}", f"{difference:f}", code_of(item.quantity.uom)),
        *("", "VN", item.sku, item.lot or ""),
        *weighed,
    ]
    yield from _of_line(line, item.serials or ())


def _nothing(line: ShipmentLine) -> Iterator[SegmentValues]:
    open_quantity = f"{line.difference_quantity.value:f}"
    uom = code_of(line.difference_quantity.uom)
    yield ["W12", LINE_STATUS[line.line_status], open_quantity, "0", open_quantity, uom, "", "VN", line.sku]
    yield from _of_line(line, ())


def _of_line(line: ShipmentLine, serials: Sequence[str]) -> Iterator[SegmentValues]:
    yield ["N9", "LI", line.line_id]
    for serial in serials:
        yield ["N9", "SE", serial]
    yield ["QTY", "38", f"{line.ordered_quantity.value:f}", code_of(line.ordered_quantity.uom)]


def _kilograms(package: Package) -> Decimal:
    weight = package.weight
    return weight.value if weight is not None and weight.uom == KILOGRAM else Decimal(0)
