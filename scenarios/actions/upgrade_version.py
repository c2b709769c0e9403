"""upgrade-version: a warehouse goes over to the next version of what it speaks, and the old one ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ...simulators.version_upgrade import upgrade_version
from ...simulators.world import World
from ..action import Action, actions
from ..plan import PlannedOrder


@actions.register("upgrade-version")
class UpgradeVersion(Action):
    """`warehouse` goes over to version `to`, and the one that it had ends in `notice_h` business hours. Of an API it
    serves both until then, and says of the old one in every answer that it ends; after that it answers 410, and the
    webhook subscriptions that were made under the old one end. An X12 warehouse writes by the second edition of its
    guides at once (GS08), and takes in both until then.
    """

    exclusive: ClassVar[bool] = True
    for_good: ClassVar[bool] = True

    warehouse: str
    notice_h: float
    to: str = "v2"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> None:
        upgrade_version(world, world.parties[self.warehouse], self.to, self.notice_h)
