"""adjust-stock: people at a warehouse correct a count."""

from __future__ import annotations

from collections.abc import Mapping

from ...simulators.world import World
from ..action import Action, actions
from ..people import ask
from ..plan import PlannedOrder


@actions.register("adjust-stock")
class AdjustStock(Action):
    """`warehouse` corrects a `part` (available, onHold, damaged) of the stock of the item on the order's `line` (from
    1) by `quantity` in `uom`, below zero when there is less.
    """

    warehouse: str
    quantity: int
    uom: str = "EA"
    line: int = 1
    part: str = "available"
    reason: str = "count"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> None:
        body = {
            "sku": orders[self.order].lines[self.line - 1].sku,
            "part": self.part,
            "quantity": {"value": str(self.quantity), "uom": self.uom},
            "reason": self.reason,
        }
        ask(world.parties[self.warehouse], "adjustInventory", body, order_id=ids[self.order])
