"""Whether a connection still is: whoever waits for something over it hears when it is gone."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from .broker import CONFIRM_S, CONNECT_S, BrokerError

T = TypeVar("T")


class Link:
    """One connection, from the moment when it was made until it breaks."""

    def __init__(self) -> None:
        self._gone: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    @property
    def is_gone(self) -> bool:
        return self._gone.done()

    def broke(self, reason: str) -> None:
        """The connection is gone; only the first reason counts."""
        if not self._gone.done():
            self._gone.set_result(reason)

    def when_broken(self, call: Callable[[], None]) -> None:
        self._gone.add_done_callback(lambda _: call())

    def check(self) -> None:
        """Raises: BrokerError, definite, when the connection is gone already."""
        if self._gone.done():
            raise BrokerError(self._gone.result(), definite=True)

    async def wait(self, asked: Awaitable[T], within_s: float | None = None) -> T:
        """What the awaited comes to, unless the connection breaks before, or the time is over.

        Raises: BrokerError, indefinite: what was asked may have been done.
        """
        task = asyncio.ensure_future(asked)
        # What it comes to when nobody waits any longer is nobody's business.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        either: set[asyncio.Future[Any]] = {task, self._gone}
        try:
            await asyncio.wait(either, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            reason = self._gone.result() if self.is_gone else f"no answer within {within_s:g} s"
            raise BrokerError(reason, definite=False)
        finally:
            task.cancel()


async def opened(opening: Awaitable[object], close: Callable[[], Awaitable[object]]) -> None:
    """Wait for a connection to be made, at most CONNECT_S. If it isn't, or nobody waits any longer, it is closed.

    The making is a task of its own: a client may swallow that it was cancelled, and go on as if nothing had been.
    Raises: TimeoutError, and what the client raises.
    """
    task = asyncio.ensure_future(opening)
    try:
        done, _ = await asyncio.wait({task}, timeout=CONNECT_S)
        if not done:
            raise TimeoutError(f"no answer within {CONNECT_S:g} s")
        await task
    except BaseException:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await close()
        raise


async def ended(*tasks: asyncio.Future[Any]) -> None:
    """Cancel tasks and wait until they have ended; again after CONFIRM_S, for a client may swallow a cancellation."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        done, left = await asyncio.wait(left, timeout=CONFIRM_S)
        for task in done:  # whoever ends a task has no use for what it failed of
            _ = task.cancelled() or task.exception()


class Inbox(Generic[T]):
    """What has arrived over a link, in order. Whoever stops waiting has taken nothing."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._items: deque[T] = deque()
        self._changed = asyncio.Event()
        link.when_broken(self._changed.set)

    def put(self, item: T) -> None:
        self._items.append(item)
        self._changed.set()

    def drop(self, unwanted: Callable[[T], bool]) -> None:
        """Forget what has arrived and is not wanted any more."""
        self._items = deque(item for item in self._items if not unwanted(item))

    async def next(self) -> T:
        """The oldest. Raises: BrokerError when the link is gone, for then nothing can be answered any more."""
        while True:
            self._link.check()
            if self._items:
                return self._items.popleft()
            self._changed.clear()
            await self._changed.wait()
