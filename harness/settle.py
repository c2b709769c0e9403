"""Waiting for the end of the story: until nothing moves and nothing is missing, or the deadline has passed. Never a
fixed sleep.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ..scenarios.engine import Engine
from ..simulators.world import World
from .fold import Fold
from .judge import Judge
from .target import Deadlines

POLL_S = 0.02
LOOK_S = 0.25


@dataclass(slots=True)
class Settling:
    """Watches a world. `waits` tells what is still missing, in words, as of the last look; `complete_at` when an order
    that lacks nothing was last touched, in wire seconds.
    """

    world: World
    fold: Fold
    judge: Judge
    engine: Engine
    deadlines: Deadlines
    alive: Callable[[], bool]
    waits: list[str] = field(default_factory=list)
    complete_at: dict[str, float] = field(default_factory=dict)
    _lacking: dict[str, list[str]] = field(default_factory=dict)

    async def settle(
        self, order_ids: Iterable[str], progress: Callable[[int, int], None] = lambda _done, _all: None
    ) -> bool:
        """True when all is quiet and complete, False when the deadline came first.

        The deadline counts from the moment at which the parties themselves have nothing left to do: no outage, no
        action, no step of their own work. So a long story does not eat the time that the layer was promised.
        """
        mine = list(order_ids)
        self._lacking = {order_id: ["not looked at yet"] for order_id in mine}
        self.fold.changed.update(mine)
        clock = self.world.clock
        idle_since = clock.wire()
        looked_at = -LOOK_S
        while True:
            now = clock.wire()
            busy = self.world.busy()
            # While much is going on a look now and then is enough: judging costs the cores that the layer wants too.
            if busy is None or now - looked_at >= LOOK_S:
                self._look(mine)
                looked_at = now
            if self._world_works():
                idle_since = now
            self.waits = [reason for reasons in self._lacking.values() for reason in reasons]
            progress(sum(not reasons for reasons in self._lacking.values()), len(mine))
            quiet = busy is None and now - self.fold.last_wire_s >= self.deadlines.quiet_for_s
            if quiet and not self.waits and not self._world_works():
                return True
            if now - idle_since > self.deadlines.settle_within_s:
                self.waits = self.waits or [busy or "the traffic never ended"]
                return False
            if not self.alive() and quiet:
                return False
            await asyncio.sleep(POLL_S)

    def _look(self, mine: list[str]) -> None:
        for order_id in self.fold.changed & self._lacking.keys():
            trail = self.fold.trail(order_id)
            self._lacking[order_id] = self.judge.waiting_for(trail)
            if trail.entries and not self._lacking[order_id]:
                self.complete_at[order_id] = trail.entries[-1].wire_s
            else:
                self.complete_at.pop(order_id, None)
        self.fold.changed.clear()

    def _world_works(self) -> bool:
        return bool(
            self.engine.actions_left
            or self.engine.faults.lasting
            or self.world.outbox.paused
            or any(party.jobs for party in self.world.parties.values())
        )
