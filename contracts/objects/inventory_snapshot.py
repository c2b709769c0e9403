"""A count of many items at once (contracts/canonical/v1/inventory-snapshot.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import Sku, SnapshotId, WarehouseId
from .quantity import Quantity
from .timestamp import Timestamp


class SnapshotPosition(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """The stock of one item; `on_hand` is the sum of the others."""

    sku: Sku
    on_hand: Quantity
    available: Quantity
    allocated: Quantity
    on_hold: Quantity
    damaged: Quantity


class InventorySnapshot(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """X12 846: one of `parts` parts (from 1) of a snapshot; all have the same `sequence`, which rises per warehouse."""

    snapshot_id: SnapshotId
    warehouse_id: WarehouseId
    as_of: Timestamp
    sequence: int
    part: int
    parts: int
    positions: tuple[SnapshotPosition, ...]
