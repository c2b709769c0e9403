"""A movement on the shelf that no order caused (contracts/canonical/v1/inventory-adjustment.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import AdjustmentId, Sku, WarehouseId
from .adjustment_reason import AdjustmentReason
from .quantity import Quantity
from .stock_part import StockPart
from .timestamp import Timestamp


class InventoryAdjustment(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """X12 947: `quantity` (signed) is in the unit in which people counted, `balance` of the part in the base unit."""

    adjustment_id: AdjustmentId
    warehouse_id: WarehouseId
    sku: Sku
    part: StockPart
    quantity: Quantity
    reason: AdjustmentReason
    remark: str | None = None
    balance: Quantity
    occurred_at: Timestamp
    sequence: int
