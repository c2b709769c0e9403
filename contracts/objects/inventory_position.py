"""Book stock of one item at one warehouse (contracts/canonical/v1/inventory-position.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import Sku, WarehouseId
from .quantity import Quantity
from .timestamp import Timestamp


class InventoryPosition(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """As the ERP has it: `available_to_promise` = on hand − reserved ≥ 0; a lower `sequence` is older."""

    warehouse_id: WarehouseId
    sku: Sku
    on_hand: Quantity
    reserved: Quantity
    available_to_promise: Quantity
    as_of: Timestamp
    sequence: int
