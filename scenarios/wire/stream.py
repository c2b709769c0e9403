"""One way over a relayed connection: passes octets on as they come, or as its rule will have it.

Nothing is kept here but what a rule holds back, and of that at most `MOST_HELD` octets and one read more: who sends
faster than the rule passes on is not read from.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from random import Random
from typing import Protocol

from .rule import Cut, Hold, Pace, Rule, Silence

MOST_HELD = 65_536
# Why the source is not read from.
_SINK_IS_FULL, _ENOUGH = 1, 2

Struck = Callable[[], None]


class Meter:
    """When the next piece may go. Streams that share one share its bandwidth."""

    def __init__(self) -> None:
        self.free_at = 0.0


class Ends(Protocol):
    """What a stream does to the connection as a whole."""

    def cut(self, *, reset: bool) -> None:
        """End it for both sides, once what was passed on has been sent."""

    def ended(self) -> None:
        """One way is over in good order."""


class Stream:
    """From `source` to `sink`, transports that are set once they are there. `plain` says that `take` may be left out:
    whoever reads from the source may write to the sink at once.
    """

    def __init__(self, ends: Ends, chance: Random) -> None:
        self.source: asyncio.Transport | None = None
        self.sink: asyncio.Transport | None = None
        self.plain = False
        self.over = False
        self._ends = ends
        self._chance = chance
        self._loop = asyncio.get_running_loop()
        self._rule: Rule | None = None
        self._struck: Struck | None = None
        self._meter = Meter()
        self._passed = 0
        self._queue: deque[tuple[float, bytes]] = deque()
        self._queued = 0
        self._timer: asyncio.TimerHandle | None = None
        self._stops = 0
        self._early = b""
        self._eof = False
        self.on_next: Callable[[], None] | None = None

    @property
    def held(self) -> int:
        """How many octets wait here."""
        return self._queued

    def attach(self, source: asyncio.Transport, sink: asyncio.Transport) -> None:
        """Both sides are there."""
        self.source, self.sink = source, sink
        if self._stops:
            source.pause_reading()
        self._settle()
        if self._early:
            early, self._early = self._early, b""
            self.take(early)
        if self._eof:
            self.end()

    def follow(self, rule: Rule, struck: Struck, meter: Meter | None = None) -> None:
        """Lay a rule on it, in place of the one before. `struck` is called once, when the rule first does something."""
        self.release()
        self._rule, self._struck, self._meter = rule, struck, meter or Meter()
        self._passed, self.plain = 0, False

    def release(self) -> None:
        """Lift the rule: what it held back goes on at once."""
        self._rule = None
        self._emit()
        self._settle()

    def spend(self) -> None:
        """Lift the rule, unless the connection is dead by it."""
        if not (isinstance(self._rule, Silence) and self._passed > self._rule.after_octets):
            self.release()

    def tell_next(self, call: Callable[[], None]) -> None:
        """Have `call` called once, before the next octets are taken."""
        self.on_next, self.plain = call, False

    def take(self, data: bytes) -> None:
        """Octets came from the source."""
        if self.sink is None:
            self._early += data
            return
        if self.on_next is not None:
            call, self.on_next = self.on_next, None
            call()
            self._settle()
        match self._rule:
            case None:
                self._queue_up(0.0, data)
            case Cut(after_octets, reset):
                if self._pass_up_to(after_octets, data):
                    self._strike()
                    self._ends.cut(reset=reset)
            case Silence(after_octets):
                if self._pass_up_to(after_octets, data) and self._passed > after_octets:
                    self._strike()
            case Hold():
                self._strike()
                self._queue_up(float("inf"), data)
            case Pace() as pace:
                self._paced(pace, data)

    def end(self) -> None:
        """The source has nothing more to say."""
        if self.sink is None:
            self._eof = True
            return
        if isinstance(self._rule, Silence) and self._passed >= self._rule.after_octets:
            self.over = True  # whoever is deaf to what is said hears no farewell either
            self._ends.ended()
            return
        self._eof = True
        self._finish()

    def full(self) -> None:
        """The sink takes no more for now."""
        self._stop(_SINK_IS_FULL)

    def drained(self) -> None:
        self._go_on(_SINK_IS_FULL)

    def drop(self) -> None:
        """The connection is gone."""
        if self._timer is not None:
            self._timer.cancel()
        self._queue.clear()
        self._rule, self.on_next = None, None

    def _pass_up_to(self, limit: int, data: bytes) -> bool:
        """Pass on what the limit leaves room for; True when there was more than that, or the limit is reached."""
        room = max(limit - self._passed, 0)
        self._passed += len(data)
        if room:
            self._write(data[:room])
        return self._passed >= limit

    def _paced(self, pace: Pace, data: bytes) -> None:
        free = max(pace.free_octets - self._passed, 0)
        self._passed += len(data)
        self._write(data[:free])
        if len(data) > free:
            self._strike()
            due = self._loop.time() + pace.delay_s + pace.jitter_s * self._chance.random()
            self._queue_up(due, data[free:])

    def _queue_up(self, due: float, data: bytes) -> None:
        if self._queue:
            due = max(due, self._queue[-1][0])
        self._queue.append((due, data))
        self._queued += len(data)
        if self._queued >= MOST_HELD:
            self._stop(_ENOUGH)
        self._emit()

    def _emit(self) -> None:
        """Write what is due, and come back for the rest."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        pace = self._rule if isinstance(self._rule, Pace) else Pace()
        while self._queue:
            now = self._loop.time()
            due = max(self._queue[0][0], self._meter.free_at) if self._rule is not None else now
            if due > now:
                self._timer = self._loop.call_at(due, self._emit) if due != float("inf") else None
                return
            _, data = self._queue.popleft()
            size = pace.piece_octets or len(data)
            if len(data) > size:
                self._queue.appendleft((now, data[size:]))
            self._meter.free_at = now + pace.every_s
            self._queued -= min(size, len(data))
            self._write(data[:size])
        self._go_on(_ENOUGH)
        self._finish()

    def _finish(self) -> None:
        if self._eof and not self._queue and not self.over:
            self.over = True
            if self.sink is not None and not self.sink.is_closing():
                with contextlib.suppress(OSError):  # it may have been reset, and not have been told so yet
                    self.sink.write_eof()
            self._ends.ended()
        self._settle()

    def _settle(self) -> None:
        self.plain = self.sink is not None and self._rule is None and not self._queue and self.on_next is None

    def _write(self, data: bytes) -> None:
        if data and self.sink is not None and not self.sink.is_closing():
            self.sink.write(data)

    def _strike(self) -> None:
        if self._struck is not None:
            struck, self._struck = self._struck, None
            struck()

    def _stop(self, why: int) -> None:
        if not self._stops and self.source is not None and not self.source.is_closing():
            self.source.pause_reading()
        self._stops |= why

    def _go_on(self, why: int) -> None:
        stopped, self._stops = self._stops, self._stops & ~why
        if stopped and not self._stops and self.source is not None and not self.source.is_closing():
            self.source.resume_reading()
