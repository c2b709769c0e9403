"""An event loop on which time is a number: it stands still while anything can be done, and then jumps to the next
timer.

What is ready runs in the order in which it became so, timers that fall due at once in the order in which they were set.
Nothing else decides what comes next: no socket, no thread, no machine's clock. So the same program takes the same
course each time, however long a run of it pretends to last.

It builds on asyncio's own BaseEventLoop, of which it replaces the turn (`_run_once`) and the timers; tests hold it to
what asyncio promises.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import Any, NoReturn, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
# A program that goes round so often without any time passing waits for nothing.
MOST_TURNS = 100_000
# So many timers that were called off may lie about before they are swept up.
MOST_CALLED_OFF = 256


class NotVirtual(RuntimeError):
    """Something was asked for that there is not in virtual time: a thread, a socket, a process, real waiting."""


class Stuck(RuntimeError):
    """Everybody waits, and nothing will ever happen any more: in real time the program would hang."""


class VirtualLoop(asyncio.BaseEventLoop):
    """`time()` begins at 0. `on_spinning` is called when the program goes round and round while time stands still;
    going on so ends in `Stuck`.
    """

    _ready: deque[asyncio.Handle]
    _stopping: bool

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        self._order = itertools.count()
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._called_off = 0
        self._turns = 0
        self._thread = threading.get_ident()
        self.on_spinning: Callable[[], None] = lambda: None

    def time(self) -> float:
        return self._now

    def call_at(
        self, when: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.TimerHandle:
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        if when <= self._now:
            self._ready.append(timer)
        else:
            heapq.heappush(self._timers, (when, next(self._order), timer))
        return timer

    def call_soon_threadsafe(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.Handle:
        if threading.get_ident() != self._thread:
            raise NotVirtual("a thread has something for the event loop; in virtual time there is one thread only")
        return self.call_soon(callback, *args, context=context)

    def run_in_executor(self, executor: object, func: Callable[[*Ts], object], *args: *Ts) -> NoReturn:
        """Raises: NotVirtual."""
        name = getattr(func, "__qualname__", repr(func))
        raise NotVirtual(f"{name} is to run in a thread; in virtual time call it directly, or await what it waits for")

    def _run_once(self) -> None:
        ready = self._ready
        if ready:
            self._turns += 1
            if self._turns >= MOST_TURNS:
                self._spinning()
        elif not self._stopping:
            self._jump()
        for _ in range(len(ready)):
            handle = ready.popleft()
            if not handle._cancelled:
                handle._run()

    def _jump(self) -> None:
        """To the next timer, and take up all that fall due then. Raises: Stuck when there is none."""
        timers = self._timers
        while timers and timers[0][2]._cancelled:
            heapq.heappop(timers)
            self._called_off -= 1
        if not timers:
            raise Stuck("everybody waits for something that nobody will do: no timer is set, and nothing is under way")
        now = self._now = timers[0][0]
        self._turns = 0
        while timers and timers[0][0] <= now:
            self._ready.append(heapq.heappop(timers)[2])

    def _spinning(self) -> None:
        if self._turns == MOST_TURNS:
            self.on_spinning()
        elif self._turns > 2 * MOST_TURNS:
            raise Stuck(f"the program went round {self._turns} times without any time passing: it waits for nothing")

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Sweep up when most of the heap was called off: each request sets a timer that hardly ever rings."""
        self._called_off += 1
        if self._called_off > MOST_CALLED_OFF and self._called_off * 2 > len(self._timers):
            self._timers = [timer for timer in self._timers if not timer[2]._cancelled and timer[2] is not handle]
            heapq.heapify(self._timers)
            self._called_off = 0

    # What the base class asks of a loop that waits for the operating system: here there is nothing to wait for.

    def _process_events(self, event_list: object) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


def run(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run to its end on a loop of its own, whose time begins at 0. As asyncio.run, Ctrl-C cancels `main`."""
    came_of_it: list[T] = []

    async def to_the_end() -> None:
        # Not the task's own result: that is put into words when the handler of Ctrl-C is set back (`signal` looks it up
        # among its own, and the refusal names it), twice, which takes 0.3 s for the result of a whole library.
        came_of_it.append(await main())

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(to_the_end())
    return came_of_it[0]
