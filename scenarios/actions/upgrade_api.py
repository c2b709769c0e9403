"""upgrade-api: a warehouse brings out the next version of its API, and the old one ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ...simulators.api_upgrade import upgrade_api
from ...simulators.world import World
from ..action import Action, actions
from ..plan import PlannedOrder


@actions.register("upgrade-api")
class UpgradeApi(Action):
    """`warehouse` serves version `to` of its API beside the one that it had. The old one says in every answer that it
    ends in `notice_h` business hours; then it answers 410, and the webhook subscriptions that were made under it end.
    """

    exclusive: ClassVar[bool] = True

    warehouse: str
    notice_h: float
    to: str = "v2"

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> None:
        upgrade_api(world, world.parties[self.warehouse], self.to, self.notice_h)
