"""What left the warehouse (contracts/canonical/v1/shipment.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import CrmOrderId, FulfilmentId, LineId, ShipmentId, Sku, WarehouseId
from .carrier import Carrier
from .line_status import LineStatus
from .package import Package
from .quantity import Quantity
from .stored import Stored
from .timestamp import Timestamp


class ShipmentLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A line of the fulfilment, as this shipment leaves it.

    `difference_quantity` = ordered − all shipped so far, this shipment included; below zero when more went.
    """

    line_id: LineId
    sku: Sku
    ordered_quantity: Quantity
    shipped_quantity: Quantity
    difference_quantity: Quantity
    line_status: LineStatus


class Shipment(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """X12 945: the warehouse's object. `final`: no further shipment comes for this fulfilment."""

    shipment_id: ShipmentId
    fulfilment_id: FulfilmentId
    order_id: CrmOrderId
    warehouse_id: WarehouseId
    shipped_at: Timestamp
    carrier: Carrier
    packages: tuple[Package, ...]
    lines: tuple[ShipmentLine, ...]
    final: bool
