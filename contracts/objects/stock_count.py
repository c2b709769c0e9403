"""The last count of a position that the ERP was told (contracts/canonical/v1/stock-count.json)."""

from __future__ import annotations

from ..identifiers import Sku, SnapshotId, WarehouseId
from .quantity import Quantity
from .stored import Stored
from .timestamp import Timestamp


class StockCount(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """`counted` is what can be sold by the count, `book` what was on hand when it was told, `difference` what the
    count has more.
    """

    warehouse_id: WarehouseId
    sku: Sku
    counted: Quantity
    counted_at: Timestamp
    snapshot_id: SnapshotId
    sequence: int
    book: Quantity
    difference: Quantity
