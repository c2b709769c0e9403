"""change-item: the ERP's people change a master record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ...contracts.objects import InventoryPosition, Item, PhysicalStock
from ...simulators.refusal import Refusal
from ...simulators.world import PARTIES, WAREHOUSE, World
from ..action import Action, actions
from ..people import ask
from ..plan import PlannedOrder


@actions.register("change-item")
class ChangeItem(Action):
    """The item of the order's first line gets another `description` or `price`, a `case` holds another number of it, or
    it is no longer sold (`active: false`). What a case holds is changed when the books have all that moved on the
    shelves, so that nobody can doubt by which number a case was counted.
    """

    waits_on: ClassVar[frozenset[str]] = frozenset({"precondition-failed"})

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
            _demand_closed_books(world, order.lines[0].sku)
            change["packs"] = [{"uom": "CA", "quantityPerBase": {"value": str(self.case), "uom": "EA"}}]
        if not self.active:
            change["active"] = False
        erp, order_id = world.parties["erp"], ids.get(self.order, "")
        changed: Item = ask(erp, "updateItem", change, order_id=order_id, sku=order.lines[0].sku)
        return changed


def _demand_closed_books(world: World, sku: str) -> None:
    """Raises: Refusal while goods are between a shelf and the book."""
    book = world.parties["erp"].state.table(InventoryPosition)
    for name, party in world.parties.items():
        if PARTIES.get(name) != WAREHOUSE:
            continue
        shelf, position = party.state.table(PhysicalStock).get(sku), book.get(f"{name}/{sku}")
        if shelf and position and position.on_hand.value != shelf.available.value + shelf.allocated.value:
            raise Refusal("precondition-failed", f"the book has not all yet that moved of {sku} at {name}")
