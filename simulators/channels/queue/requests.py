"""Requests to a party over a broker: read, carried out, answered, acknowledged, in this order.

Requests of one key (the fulfilment, the return, the item) are carried out one after the other as they came, of several
keys side by side.

Whatever interrupts that (the broker, a fault that has the reader die) leaves the message unacknowledged: it comes
again, and by its idempotency key it has its effect once and is answered as before.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, Literal

from ....contracts.queues import Commands
from ...party import Party
from ...world import World
from .asked import subject
from .broker import Broker, BrokerError, Consumer, Delivery
from .command import CommandTaker
from .link import ended
from .outcome import Outcome
from .replies import Replies

PREFETCH = 16
# Seconds on the wire before a broker is tried again that could not be reached.
AGAIN_S = 0.1

_End = Literal["crashed", "gone", "stopped"]


class RequestQueue:
    """Takes what a party is asked from its queue, from `start` to `stop`."""

    def __init__(
        self, world: World, party: Party, broker: Broker, commands: Commands, *, client: str = "layer"
    ) -> None:
        self.commands = commands
        self.crashes = 0
        self._world = world
        self._broker = broker
        self._taker = CommandTaker(world, party, commands, client)
        self._replies = Replies(world, broker, self._taker)
        self._up = asyncio.Event()
        self._down = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Declare the queues and begin to read. Raises: BrokerError."""
        await self._broker.declare(self.commands.requests)
        await self._broker.declare(self.commands.replies)
        self.reach(True)
        self._running = asyncio.ensure_future(self._run())

    def reach(self, reachable: bool) -> None:
        """While the party is down its requests wait in the queue."""
        if reachable:
            self._down.clear()
            self._up.set()
        else:
            self._up.clear()
            self._down.set()

    async def stop(self) -> None:
        """Read no more; what is in hand goes back."""
        if self._running is not None:
            await ended(self._running)
        await self._replies.close()

    async def _run(self) -> None:
        while True:
            await self._up.wait()
            try:
                consumer = await self._broker.consume(self.commands.requests, PREFETCH)
            except BrokerError:
                await asyncio.sleep(AGAIN_S)
                continue
            reader = _Reader(self._world, self._taker, self._replies, consumer)
            end: _End = "stopped"
            try:
                end = await reader.read(self._down)
            finally:
                if end == "crashed":
                    self.crashes += 1
                await reader.leave(crashed=end == "crashed")
            if end == "gone":
                await asyncio.sleep(AGAIN_S)


class _Reader:
    """One consumer's life, with what it has in its hands."""

    def __init__(self, world: World, taker: CommandTaker, replies: Replies, consumer: Consumer) -> None:
        self._world = world
        self._taker = taker
        self._replies = replies
        self._consumer = consumer
        self._end: asyncio.Future[_End] = asyncio.get_running_loop().create_future()
        # Key → the work on the youngest request of that key.
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._working: set[asyncio.Task[None]] = set()

    async def read(self, down: asyncio.Event) -> _End:
        """Take requests until something ends that."""
        reading = asyncio.ensure_future(self._read())
        stopping = asyncio.ensure_future(down.wait())
        whatever: set[asyncio.Future[Any]] = {reading, stopping, self._end}
        try:
            await asyncio.wait(whatever, return_when=asyncio.FIRST_COMPLETED)
            return self._end.result() if self._end.done() else "stopped"
        finally:
            reading.cancel()
            stopping.cancel()

    async def leave(self, *, crashed: bool) -> None:
        """Drop the work, and go."""
        await ended(*self._working)
        with contextlib.suppress(BrokerError):
            await (self._consumer.crash() if crashed else self._consumer.close())

    async def _read(self) -> None:
        while True:
            try:
                delivery = await self._consumer.next()
            except BrokerError:
                self._ends("gone")
                return
            key = subject(delivery.message)
            before = self._lanes.get(key)
            task = asyncio.ensure_future(self._work(delivery, key, before))
            self._lanes[key] = task
            self._working.add(task)
            task.add_done_callback(self._working.discard)

    async def _work(self, delivery: Delivery, key: str, before: asyncio.Task[None] | None) -> None:
        self._world.in_flight += 1
        try:
            if before is not None:
                await asyncio.wait({before})
            await self._serve(delivery, key)
        except BrokerError:
            self._ends("gone")
        finally:
            self._world.in_flight -= 1
            if self._lanes.get(key) is asyncio.current_task():
                del self._lanes[key]

    async def _serve(self, delivery: Delivery, key: str) -> None:
        """Raises: BrokerError; the message comes again then."""
        if self._end.done():  # what came after a request that we died of
            return
        outcome = await self._taker.take(delivery)
        if outcome.crashes:
            self._taker.record.answered(outcome, heard=False)
            self._ends("crashed")
        else:
            await self._tell(delivery, outcome, key)

    async def _tell(self, delivery: Delivery, outcome: Outcome, key: str) -> None:
        """Raises: BrokerError."""
        heard = await self._replies.send(outcome, delivery.message, key)
        self._taker.record.answered(outcome, heard=heard)
        if outcome.poison:
            await delivery.reject(outcome.poison)
        else:
            await delivery.ack()

    def _ends(self, how: _End) -> None:
        if not self._end.done():
            self._end.set_result(how)
