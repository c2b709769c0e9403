"""return-unannounced: goods come back without an RMA."""

from __future__ import annotations

from collections.abc import Mapping

from ...contracts.objects import UnannouncedReturn
from ...simulators.world import World
from ..action import Action, actions
from ..amount import Amount, quantity
from ..people import ask
from ..plan import PlannedOrder


@actions.register("return-unannounced")
class ReturnUnannounced(Action):
    """`warehouse` finds `quantity` of the order's first item in a parcel that nobody announced."""

    warehouse: str
    quantity: Amount = 1
    condition: str = "good"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> UnannouncedReturn:
        order_id = ids[self.order]
        first = orders[self.order].lines[0]
        lines = [{"sku": first.sku, "quantity": quantity(self.quantity, first.unit), "condition": self.condition}]
        body = {"orderId": order_id, "remark": "no RMA on the label", "lines": lines}
        warehouse = world.parties[self.warehouse]
        received: UnannouncedReturn = ask(warehouse, "receiveUnannouncedReturn", body, order_id=order_id)
        return received
