"""change-item: the ERP's people change a master record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...contracts.objects import Item
from ...simulators.world import World
from ..action import Action, actions
from ..people import ask
from ..plan import PlannedOrder


@actions.register("change-item")
class ChangeItem(Action):
    """The item of the order's first line gets another `description` or `price`, a `case` holds another number of it, or
    it is no longer sold (`active: false`).
    """

    description: str = ""
    price: str = ""
    case: int = 0
    active: bool = True

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> Item:
        order = orders[self.order]
        change: dict[str, Any] = {"description": self.description} if self.description else {}
        if self.price:
            change["prices"] = [{"amount": self.price, "currency": order.currency}]
        if self.case:
            change["packs"] = [{"uom": "CA", "quantityPerBase": {"value": str(self.case), "uom": "EA"}}]
        if not self.active:
            change["active"] = False
        erp, order_id = world.parties["erp"], ids.get(self.order, "")
        changed: Item = ask(erp, "updateItem", change, order_id=order_id, sku=order.lines[0].sku)
        return changed
