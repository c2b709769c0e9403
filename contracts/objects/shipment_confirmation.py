"""A shipment as the layer confirms it to the ERP (contracts/canonical/v1/shipment-confirmation.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import CrmOrderId, FulfilmentId, ShipmentId, WarehouseId
from .carrier import Carrier
from .package import Package
from .shipment import ShipmentLine
from .timestamp import Timestamp


class ShipmentConfirmation(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """The facts of a `Shipment`, without the warehouse's own version and times."""

    shipment_id: ShipmentId
    fulfilment_id: FulfilmentId
    order_id: CrmOrderId
    warehouse_id: WarehouseId
    shipped_at: Timestamp
    carrier: Carrier
    packages: tuple[Package, ...]
    lines: tuple[ShipmentLine, ...]
    final: bool
