"""stock_snapshot: what stands on the shelves, an item a row."""

from __future__ import annotations

from .....contracts.objects import InventorySnapshot
from ..registry import Rows, Telling, told


@told.register("crossdock.inventory.snapshot.v1")
class StockSnapshot(Telling):
    """One part of a count."""

    layout = "stock_snapshot"
    data = InventorySnapshot

    @staticmethod
    def rows(snapshot: InventorySnapshot) -> Rows:
        for position in snapshot.positions:
            yield {
                "snapshot_id": snapshot.snapshot_id,
                "part": snapshot.part,
                "parts": snapshot.parts,
                "warehouse": snapshot.warehouse_id,
                "sku": position.sku,
                "on_hand": position.on_hand.value,
                "available": position.available.value,
                "allocated": position.allocated.value,
                "hold": position.on_hold.value,
                "damaged": position.damaged.value,
                "uom": position.on_hand.uom,
                "as_of": snapshot.as_of,
                "sequence": snapshot.sequence,
            }
