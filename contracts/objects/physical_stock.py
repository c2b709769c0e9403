"""Physical stock of one item, as the warehouse counts it (contracts/canonical/v1/physical-stock.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import Sku, WarehouseId
from .quantity import Quantity
from .timestamp import Timestamp


class PhysicalStock(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`on_hand` = available + allocated + on hold + damaged; a lower `sequence` is older."""

    warehouse_id: WarehouseId
    sku: Sku
    on_hand: Quantity
    available: Quantity
    allocated: Quantity
    on_hold: Quantity
    damaged: Quantity
    as_of: Timestamp
    sequence: int
