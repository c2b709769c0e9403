"""cancel-order: the customer calls it off."""

from __future__ import annotations

from collections.abc import Mapping

from ...simulators.world import World
from ..action import Action, actions
from ..people import ask
from ..plan import PlannedOrder


@actions.register("cancel-order")
class CancelOrder(Action):
    """Customer service enters that the customer no longer wants the order."""

    reason: str = "the customer changed their mind"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> None:
        order_id = ids[self.order]
        ask(world.parties["crm"], "requestCancellation", {"reason": self.reason}, order_id=order_id, orderId=order_id)
