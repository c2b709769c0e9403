"""adjust-stock: people at a warehouse correct a count."""

from __future__ import annotations

from collections.abc import Mapping

from ...simulators.world import World
from ..action import Action, actions
from ..amount import Amount, quantity
from ..people import ask
from ..plan import PlannedOrder


@actions.register("adjust-stock")
class AdjustStock(Action):
    """`warehouse` corrects a `part` (available, onHold, damaged) of the stock of the item on the order's `line` (from
    1) by `quantity` in `uom` (absent: the item's unit), below zero when there is less.
    """

    warehouse: str
    quantity: Amount
    uom: str = ""
    line: int = 1
    part: str = "available"
    reason: str = "count"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> None:
        line = orders[self.order].lines[self.line - 1]
        body = {
            "sku": line.sku,
            "part": self.part,
            "quantity": quantity(self.quantity, self.uom or line.unit),
            "reason": self.reason,
        }
        ask(world.parties[self.warehouse], "adjustInventory", body, order_id=ids[self.order])
