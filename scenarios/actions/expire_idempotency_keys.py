"""expire-idempotency-keys: a party no longer knows what it was asked before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ...simulators.world import World
from ..action import Action, actions
from ..plan import PlannedOrder


@actions.register("expire-idempotency-keys")
class ExpireIdempotencyKeys(Action):
    """So much time has gone by that `party` forgets every Idempotency-Key it was given, as it may after 24 hours: a
    request under an old key is a new one to it.
    """

    exclusive: ClassVar[bool] = True

    party: str

    def perform(self, world: World, orders: Mapping[str, PlannedOrder], ids: Mapping[str, str]) -> None:
        world.parties[self.party].idempotency.clear()
        world.journal.append("note", self.party, "clock", "idempotency-keys-expired", order_id=ids[self.order])
