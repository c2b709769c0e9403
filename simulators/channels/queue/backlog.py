"""What still stands in the queues of a run: looked at again and again, so that nobody calls a world quiet that is not.

A look costs a round trip for each queue, and a world is asked often whether it is busy: what it says is the last look.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable

from ....contracts.queues import Queue
from .broker import Broker, BrokerError
from .link import ended

# Seconds on the wire between two looks.
LOOK_S = 0.2


class Backlog:
    """Watches queues from `start` to `stop`. `depths` are those of the last look; a broker that can't be asked leaves
    them as they were.
    """

    def __init__(self, broker: Broker, queues: Callable[[], Iterable[Queue]]) -> None:
        self._broker = broker
        self._queues = queues
        self._watching: asyncio.Task[None] | None = None
        self.depths: dict[str, int] = {}

    def busy(self) -> str | None:
        """Which queue has messages that nobody has acknowledged, in words; None when none has."""
        waiting = next(((name, depth) for name, depth in self.depths.items() if depth), None)
        return None if waiting is None else f"{waiting[1]} messages wait in {waiting[0]}"

    async def look(self) -> None:
        """Raises: BrokerError."""
        self.depths = {queue.name: await self._broker.depth(queue) for queue in self._queues()}

    def start(self) -> None:
        self._watching = asyncio.ensure_future(self._watch())

    async def stop(self) -> None:
        if self._watching is not None:
            await ended(self._watching)

    async def _watch(self) -> None:
        while True:
            with contextlib.suppress(BrokerError):  # it is down; whoever took it down knows
                await self.look()
            await asyncio.sleep(LOOK_S)
