"""Waiting for the end of the story: until nothing moves and nothing is missing, or the deadline has passed. Never a
fixed sleep.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..scenarios.engine import Engine
from ..scenarios.plan import PlannedScenario
from ..simulators.world import World
from . import expected
from .fold import Fold
from .judge import Judge, missing, twins_of
from .ledgers import Place
from .scope import scope_of
from .target import Deadlines

POLL_S = 0.02
LOOK_S = 0.25
PATIENCE = 5  # times the promised time, and no longer, while there is still progress


class Presence(Protocol):
    """Of the layer under test."""

    @property
    def is_alive(self) -> bool:
        """Whether it is there or on its way, as far as we can tell."""

    @property
    def is_away(self) -> bool:
        """Whether it is to come back."""

    @property
    def is_gone(self) -> bool:
        """Whether it ended in a way from which it does not come back."""


@dataclass(slots=True)
class Settling:
    """Watches a world while scenarios are played. `waits` tells what is still missing, in words, as of the last look;
    `idle_s` how long the parties have had nothing left to do; `complete_at` when an order that lacks nothing was last
    touched, in wire seconds.
    """

    world: World
    fold: Fold
    judge: Judge
    engine: Engine
    deadlines: Deadlines
    layer: Presence
    waits: list[str] = field(default_factory=list)
    idle_s: float = 0.0
    complete_at: dict[str, float] = field(default_factory=dict)
    _lacking: dict[str, list[str]] = field(default_factory=dict)
    _ledgers_lack: dict[Place, list[str]] = field(default_factory=dict)
    _loose: list[str] = field(default_factory=list)
    _twins_lack: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _unmet: dict[str, list[str]] = field(default_factory=dict)

    async def settle(
        self, wave: Sequence[PlannedScenario], progress: Callable[[int, int], None] = lambda _done, _all: None
    ) -> bool:
        """True when all is quiet and complete, False when the deadline came first.

        The deadline counts from the moment at which the parties themselves have nothing left to do (no outage, no
        action, no step of their own work) and the layer is there again, if it was taken down; and anew when less is
        missing than ever since, `PATIENCE` times at most. So neither a long story nor a slow machine eats the time that
        the layer was promised; one that gets nowhere has that time and no more, and one that is gone has none.
        """
        orders = sum(len(planned.orders) for planned in wave)
        self._begin(wave)
        clock = self.world.clock
        idle_since = progress_at = clock.wire()
        looked_at = -LOOK_S
        fewest: int | None = None
        while True:
            now = clock.wire()
            busy = self.world.busy()
            # While much is going on a look now and then is enough: judging costs the cores that the layer wants too.
            if busy is None or now - looked_at >= LOOK_S:
                self._look(wave)
                looked_at = now
            if self._world_works():
                idle_since, progress_at, fewest = now, now, None
            self.idle_s = now - idle_since
            lacking = [*self._lacking.values(), *self._ledgers_lack.values(), *self._twins_lack.values(), self._loose]
            lacking += self._unmet.values()
            self.waits = [reason for reasons in lacking for reason in reasons] + self.engine.hopes
            if fewest is None or len(self.waits) < fewest:
                progress_at, fewest = now, len(self.waits)
            progress(sum(not reasons for reasons in self._lacking.values()), orders)
            moved_s = max(self.fold.last_wire_s, self.world.last_read_s())
            quiet = busy is None and now - moved_s >= self.deadlines.quiet_for_s
            if quiet and not self.waits and not self._world_works():
                return True
            promised_s = self.deadlines.settle_within_s
            if now - progress_at > promised_s or self.idle_s > PATIENCE * promised_s:
                self.waits = self.waits or [busy or "the traffic never ended"]
                return False
            if self._is_over_without_it(quiet):
                self.waits = self.waits or ["the layer"]
                return False
            await asyncio.sleep(POLL_S)

    def tell(self, settled: bool) -> str:
        """What is worth knowing about how it ended; "" when it ended in time."""
        if not settled and self.layer.is_gone:
            return f"the layer is gone, and nothing more can come; missing: {self.waits[0]}"
        if not settled:
            return f"the deadline came before all was done; waiting for: {self.waits[0]}"
        promised_s = self.deadlines.settle_within_s
        late = self.idle_s - self.deadlines.quiet_for_s > promised_s
        return f"all was done only after {self.idle_s:.0f} s; the target promises {promised_s:g} s" if late else ""

    def _is_over_without_it(self, quiet: bool) -> bool:
        """Whether the layer is no longer there and nothing more can come: a command that has ended well may have left
        it in the background, so that quiet is waited for; what the parties still try to tell one that is gone is not.
        """
        if self.layer.is_gone:
            return not self.world.in_flight
        return not self.layer.is_alive and quiet

    def _begin(self, wave: Sequence[PlannedScenario]) -> None:
        """Everything that the wave is about is to be looked at once, whether it changes or not."""
        self._lacking.clear()
        self._ledgers_lack.clear()
        self._twins_lack.clear()
        self._unmet.clear()
        self._take_up(wave)
        self.fold.changed.update(self._lacking)
        for planned in wave:
            self.fold.ledgers.changed.update(scope_of(planned, self.engine).ledger_keys(self.fold.ledgers))

    def _take_up(self, wave: Sequence[PlannedScenario]) -> None:
        """Orders that are placed while the wave goes on belong to it too."""
        for planned in wave:
            for order_id in self.engine.placed(planned).values():
                self._lacking.setdefault(order_id, ["not looked at yet"])

    def _look(self, wave: Sequence[PlannedScenario]) -> None:
        self._take_up(wave)
        if "" in self.fold.changed:
            self._loose = missing(self.judge.conduct(self.fold.conduct))
        for order_id in self.fold.changed & self._lacking.keys():
            trail = self.fold.trail(order_id)
            self._lacking[order_id] = self.judge.missing(trail)
            if trail.entries and not self._lacking[order_id]:
                self.complete_at[order_id] = trail.entries[-1].wire_s
            else:
                self.complete_at.pop(order_id, None)
        for one, other in (both for planned in wave for both in twins_of(planned, self.engine, self.fold)):
            pair = (one.order_id, other.order_id)
            if not self.fold.changed.isdisjoint(pair):
                # Where one of them lacks something, that is why they differ, and nothing is said of the two.
                lacks = any(map(self._lacking.get, pair))
                self._twins_lack[pair] = [] if lacks else self.judge.missing_in_twins(one, other)
        for planned in (each for each in wave if each.scenario.then.expect):
            placed = self.engine.placed(planned)
            if not self.fold.changed.isdisjoint(placed.values()):
                trails = {name: self.fold.trail(order_id) for name, order_id in placed.items()}
                unmet = [look.summary for look in expected.looks(planned, trails) if look.unmet is not None]
                self._unmet[planned.scenario.scenario] = unmet
        self.fold.changed.clear()
        if not self.fold.ledgers.changed:
            return
        scopes = [scope_of(planned, self.engine) for planned in wave]
        for key in self.fold.ledgers.changed:
            if any(scope.holds(key) for scope in scopes):
                self._ledgers_lack[key] = missing(self.judge.ledger(self.fold.ledgers, key))
        self.fold.ledgers.changed.clear()

    def _world_works(self) -> bool:
        return bool(
            self.engine.actions_left
            or self.layer.is_away
            or self.engine.faults.lasting
            or self.world.outbox.paused
            or any(party.jobs for party in self.world.parties.values())
        )
