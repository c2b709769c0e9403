"""What goes into which package: filled one after the other, each with a label of its own (SSCC, tracking number)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ...contracts.gs1 import sscc
from ...contracts.identifiers import LineId, PackageId, Sku, TrackingNumber
from ...contracts.objects import Package, PackageItem, Quantity
from ..transaction import Transaction
from .settings import WarehouseSettings

# contracts/canonical/v1/shipment.json has room for 500 packages, 200 items in each and 1,000 serials in an item.
MOST_PACKAGES = 400
MOST_ITEMS = 200
MOST_SERIALS = 1000
_GRAM = Decimal("0.001")
_HEAVIEST_KG = Decimal("999999999.999")


@dataclass(frozen=True, slots=True)
class Content:
    """Part of a line on the packing table: `quantity` in the line's unit, `weight_kg` and `pieces` of one such unit."""

    line_id: LineId
    sku: Sku
    quantity: Quantity
    weight_kg: Decimal
    pieces: Decimal
    lot: str | None
    serial_tracked: bool


def fill_packages(tx: Transaction, own: WarehouseSettings, contents: Sequence[Content]) -> tuple[Package, ...]:
    """Packages that hold it all, at most `units_per_package` in each, more where that would need too many packages."""
    total = sum((content.quantity.value for content in contents), Decimal(0))
    room = max(Decimal(own.units_per_package), (total / MOST_PACKAGES).to_integral_value(ROUND_HALF_UP) + 1)
    boxes: list[list[Content]] = []
    left = Decimal(0)
    for content in contents:
        rest = content.quantity.value
        while rest:
            if not left or len(boxes[-1]) == MOST_ITEMS:
                boxes.append([])
                left = room
            part = min(rest, left)
            boxes[-1].append(_part(content, part))
            rest -= part
            left -= part
    return tuple(_package(tx, own, number, box) for number, box in enumerate(boxes, 1))


def _part(content: Content, value: Decimal) -> Content:
    return Content(
        line_id=content.line_id,
        sku=content.sku,
        quantity=Quantity(value, content.quantity.uom),
        weight_kg=content.weight_kg,
        pieces=content.pieces,
        lot=content.lot,
        serial_tracked=content.serial_tracked,
    )


def _package(tx: Transaction, own: WarehouseSettings, number: int, box: Sequence[Content]) -> Package:
    weight = sum((content.quantity.value * content.weight_kg for content in box), own.weight_of_package_kg)
    weight = weight.quantize(_GRAM, ROUND_HALF_UP)
    return Package(
        package_id=PackageId(f"PKG-{number}"),
        sscc=sscc(0, own.gs1_company_prefix, tx.ids.number(f"sscc/{own.warehouse_id}")),
        tracking_number=TrackingNumber(tx.ids.next("TRK")),
        weight=Quantity(weight, "KGM") if 0 < weight <= _HEAVIEST_KG else None,
        items=tuple(
            PackageItem(
                line_id=content.line_id,
                sku=content.sku,
                quantity=content.quantity,
                lot=content.lot,
                serials=_serials(tx, content),
            )
            for content in box
        ),
    )


def _serials(tx: Transaction, content: Content) -> tuple[str, ...] | None:
    """Scanned while packing, one per piece; what is shipped by the ten thousand is not scanned."""
    pieces = int(content.quantity.value * content.pieces)
    if not content.serial_tracked or not 0 < pieces <= MOST_SERIALS:
        return None
    return tuple(tx.ids.next("SN") for _ in range(pieces))
