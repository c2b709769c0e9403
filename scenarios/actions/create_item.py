"""create-item: something new is to be sold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ...simulators.world import World
from .. import placing
from ..action import Action, actions
from ..plan import PlannedOrder


@actions.register("create-item")
class CreateItem(Action):
    """The items of the order come into being, at the ERP only: the CRM and the warehouses must hear of them from the
    layer, and until then no warehouse has a place for them.
    """

    makes: ClassVar[str] = "items"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> None:
        order = orders[self.order]
        for line in order.lines:
            placing.create_item(world, order, line)
