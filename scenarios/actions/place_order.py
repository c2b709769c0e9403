"""place-order: the customer orders later than the scenario begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ...contracts.objects import Order
from ...simulators.world import World
from .. import placing
from ..action import Action, actions
from ..plan import PlannedOrder


@actions.register("place-order")
class PlaceOrder(Action):
    """The order is placed now instead of at the beginning."""

    makes: ClassVar[str] = "order"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> Order:
        return placing.place(world, orders[self.order])
