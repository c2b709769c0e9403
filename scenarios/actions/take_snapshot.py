"""take-snapshot: a warehouse counts."""

from __future__ import annotations

from collections.abc import Mapping

from ...simulators.warehouse.inventory_snapshot import SnapshotTaken
from ...simulators.world import World
from ..action import Action, actions
from ..people import ask
from ..plan import PlannedOrder


@actions.register("take-snapshot")
class TakeSnapshot(Action):
    """`warehouse` counts the items of the order and announces what it found."""

    warehouse: str

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> SnapshotTaken:
        body = {"skus": [line.sku for line in orders[self.order].lines]}
        warehouse = world.parties[self.warehouse]
        taken: SnapshotTaken = ask(warehouse, "takeInventorySnapshot", body, order_id=ids[self.order])
        return taken
