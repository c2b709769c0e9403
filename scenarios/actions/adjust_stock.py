"""adjust-stock: people at a warehouse correct a count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ...contracts.objects import Item, WarehouseItem
from ...simulators.refusal import Refusal
from ...simulators.world import World
from ..action import Action, actions
from ..amount import Amount, quantity
from ..people import ask
from ..plan import PlannedOrder


@actions.register("adjust-stock")
class AdjustStock(Action):
    """`warehouse` corrects a `part` (available, onHold, damaged) of the stock of the item on the order's `line` (from
    1) by `quantity` in `uom` (absent: the item's unit), below zero when there is less. They count in packs once they
    have been told what the ERP's packs hold.
    """

    waits_on: ClassVar[frozenset[str]] = frozenset({"unknown-unit"})

    warehouse: str
    quantity: Amount
    uom: str = ""
    line: int = 1
    part: str = "available"
    reason: str = "count"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> None:
        line = orders[self.order].lines[self.line - 1]
        if self.uom and not _told(world, self.warehouse, line.sku):
            raise Refusal("unknown-unit", f"{self.warehouse} was not told yet what packs {line.sku} comes in")
        body = {
            "sku": line.sku,
            "part": self.part,
            "quantity": quantity(self.quantity, self.uom or line.unit),
            "reason": self.reason,
        }
        ask(world.parties[self.warehouse], "adjustInventory", body, order_id=ids[self.order])


def _told(world: World, warehouse: str, sku: str) -> bool:
    """Whether the warehouse has the packs that the ERP has; where nobody tells it of items it has what it has."""
    here = world.parties[warehouse].state.table(WarehouseItem).get(sku)
    item = world.parties["erp"].state.table(Item).get(sku)
    return here is None or item is None or here.packs == item.packs
