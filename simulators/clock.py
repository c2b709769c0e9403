"""The clock of a world: business time for what people and warehouses do, wire time for what computers do.

Business time may run faster than the wall ("picked after two hours" takes 83 ms at the default factor of a day a
second). Wire time never does: time-outs, tokens, Retry-After and retries are lived through by a layer that knows only
the wall clock. Everything in the simulators reads one of the two from here; nothing reads the machine's clock itself.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

A_DAY_A_SECOND = 86_400.0
# Business time begins on a Monday morning, in every run the same.
START = "2026-03-02T08:00:00+00:00"


class Timer(Protocol):
    """A call that is still to come."""

    def cancel(self) -> None:
        """Forget the call; harmless when it was made already."""


class Clock(Protocol):
    """What the simulators may know of time."""

    def now(self) -> datetime:
        """Business time, aware, UTC."""

    def wire(self) -> float:
        """Seconds on the wire since some fixed start; never steps back."""

    def unix(self) -> float:
        """Seconds since the epoch as a partner's own clock would show them (for signatures)."""

    def at(self, due: datetime, call: Callable[[], None]) -> Timer:
        """Call once business time reaches `due`."""

    def after(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Call once `seconds` have passed on the wire."""


class CompressedClock:
    """Real time, with business time `factor` times as fast, beginning at `start`."""

    def __init__(self, loop: asyncio.AbstractEventLoop, start: datetime, factor: float = A_DAY_A_SECOND) -> None:
        if factor <= 0:
            raise ValueError(
                f"the clock's factor is business seconds per real second and must be above 0, not {factor}"
            )
        self._loop = loop
        self._start = start.astimezone(UTC)
        self._began = loop.time()
        self._read = (0.0, self._start)
        self.factor = factor

    def now(self) -> datetime:
        # uvloop's time stands still within a turn of the loop, and much is asked for the time within one.
        wire = self._loop.time() - self._began
        read, now = self._read
        if wire != read:
            now = self._start + timedelta(seconds=wire * self.factor)
            self._read = (wire, now)
        return now

    def wire(self) -> float:
        return self._loop.time() - self._began

    def unix(self) -> float:
        return time.time()

    def at(self, due: datetime, call: Callable[[], None]) -> Timer:
        seconds = (due - self._start).total_seconds() / self.factor
        return self._loop.call_at(self._began + seconds, call)

    def after(self, seconds: float, call: Callable[[], None]) -> Timer:
        return self._loop.call_later(seconds, call)


class _ManualTimer:
    def __init__(self, call: Callable[[], None]) -> None:
        self.call: Callable[[], None] | None = call

    def cancel(self) -> None:
        self.call = None


class ManualClock:
    """A clock that moves only when told: for tests, and for runs that need no waiting.

    Business and wire time are one and the same second here.
    """

    def __init__(self, start: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)) -> None:
        self._start = start
        self._elapsed = 0.0
        self._order = itertools.count()
        self._timers: list[tuple[float, int, _ManualTimer]] = []

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._elapsed)

    def wire(self) -> float:
        return self._elapsed

    def unix(self) -> float:
        return self.now().timestamp()

    def at(self, due: datetime, call: Callable[[], None]) -> Timer:
        return self._push((due - self._start).total_seconds(), call)

    def after(self, seconds: float, call: Callable[[], None]) -> Timer:
        return self._push(self._elapsed + seconds, call)

    def _push(self, due: float, call: Callable[[], None]) -> Timer:
        timer = _ManualTimer(call)
        heapq.heappush(self._timers, (max(due, self._elapsed), next(self._order), timer))
        return timer

    def advance(self, by: timedelta) -> None:
        """Move on, making every call that falls due on the way, in order of time, then of asking.

        Raises: ValueError when it would be a step back.
        """
        if by < timedelta(0):
            raise ValueError(f"a clock moves forward only, not by {by}")
        until = self._elapsed + by.total_seconds()
        while self._timers and self._timers[0][0] <= until:
            due, _, timer = heapq.heappop(self._timers)
            self._elapsed = due
            if timer.call is not None:
                timer.call()
        self._elapsed = until
