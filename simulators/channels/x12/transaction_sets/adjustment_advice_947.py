"""947, warehouse inventory adjustment advice: what people corrected on the shelf."""

from __future__ import annotations

from .....contracts.edi.writer import SegmentValues
from .....contracts.objects import InventoryAdjustment
from ....transaction import State
from ..agreement import UNIVERSAL_TIME, clock, day
from ..codes import ADJUSTMENT_REASON, STOCK_PART
from ..sets import Telling, told
from ..units import code_of

LONGEST_NOTE = 80  # element 352


@told.register("crossdock.inventory.adjusted.v1")
class AdjustmentAdvice(Telling):
    """One correction. W1902 is signed, and in the unit in which people counted."""

    set_id = "947"
    data = InventoryAdjustment

    @staticmethod
    def segments(adjustment: InventoryAdjustment, state: State) -> list[SegmentValues]:
        warehouse, moment = str(adjustment.warehouse_id), adjustment.occurred_at
        quantity = adjustment.quantity
        return [
            ["W15", day(moment), adjustment.adjustment_id],
            ["N1", "WH", warehouse.upper(), "92", warehouse],
            ["G62", "09", day(moment), "W", clock(moment), UNIVERSAL_TIME],
            *([["NTE", "GEN", adjustment.remark[:LONGEST_NOTE]]] if adjustment.remark else []),
            [
                *("W19", ADJUSTMENT_REASON[adjustment.reason], f"{quantity.value:f}", code_of(quantity.uom)),
                *("", "VN", adjustment.sku, *[""] * 9, STOCK_PART[adjustment.part]),
            ],
        ]
