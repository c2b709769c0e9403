"""stock_movement: what people corrected on the shelf."""

from __future__ import annotations

from .....contracts.objects import InventoryAdjustment
from ..registry import Rows, Telling, told


@told.register("crossdock.inventory.adjusted.v1")
class StockMovement(Telling):
    """One correction, one row."""

    layout = "stock_movement"
    data = InventoryAdjustment

    @staticmethod
    def rows(adjustment: InventoryAdjustment) -> Rows:
        yield {
            "movement_id": adjustment.adjustment_id,
            "warehouse": adjustment.warehouse_id,
            "sku": adjustment.sku,
            "part": adjustment.part.value,
            "qty": adjustment.quantity.value,
            "uom": adjustment.quantity.uom,
            "reason": adjustment.reason.value,
            "remark": adjustment.remark,
            "balance": adjustment.balance.value,
            "balance_uom": adjustment.balance.uom,
            "occurred_at": adjustment.occurred_at,
            "sequence": adjustment.sequence,
        }
