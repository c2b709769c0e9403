"""receive-stock: goods come in at a warehouse, in the books and on the shelf."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ...simulators.world import World
from ..action import Action, actions
from ..amount import Amount
from ..plan import PlannedOrder
from ..stock import stock_up


@actions.register("receive-stock")
class ReceiveStock(Action):
    """`quantity` of each item of the order, in the item's unit, arrives at `warehouse`, once that has a place for it;
    the ERP fills its backorders from it.
    """

    waits_on: ClassVar[frozenset[str]] = frozenset({"item-not-stocked"})

    warehouse: str
    quantity: Amount

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> None:
        for line in orders[self.order].lines:
            stock_up(world, self.warehouse, line.sku, self.quantity, "receipt", unit=line.unit)
