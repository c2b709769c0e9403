"""A line of the stock ledger (contracts/canonical/v1/inventory-movement.json)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from ..identifiers import MovementId, Sku, WarehouseId
from .quantity import Quantity
from .timestamp import Timestamp


class MovementKind(StrEnum):
    """What moved the stock."""

    OPENING = "opening"
    RECEIPT = "receipt"
    SHIPMENT = "shipment"
    RETURN = "return"
    ADJUSTMENT = "adjustment"
    SCRAP = "scrap"


class InventoryMovement(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """The balance before + `quantity` (signed) = `balance`; `sequence` rises by one per item and
    warehouse.
    """

    movement_id: MovementId
    warehouse_id: WarehouseId
    sku: Sku
    kind: MovementKind
    quantity: Quantity
    balance: Quantity
    reference: str | None = None
    reason: str | None = None
    occurred_at: Timestamp
    sequence: int
