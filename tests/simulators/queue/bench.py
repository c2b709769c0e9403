"""What a law needs to try a broker: connections to it, queues of its own, and patience with an end."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from crossdock.contracts.queues import EVENTS, Queue, commands, queue
from crossdock.simulators.channels.queue.broker import Broker, BrokerError, Consumer, Delivery
from crossdock.simulators.channels.queue.message import Message

DEADLINE_S = 20.0
# Shorter than the contract's: what a broker gives back only in time should come soon.
GRANTED_S = 0.4


@dataclass
class Bench:
    """Tries one broker. `mark` is this try's own, so that nothing of another is in its queues."""

    make: Callable[[], Broker]
    mark: str
    made: list[Broker] = field(default_factory=list)
    queues: list[Queue] = field(default_factory=list)

    async def broker(self) -> Broker:
        """A new connection."""
        broker = self.make()
        await broker.connect()
        self.made.append(broker)
        return broker

    async def requests(self, party: str = "east", *, deliveries: int = 0) -> tuple[Broker, Queue]:
        """A queue of its own, declared, with the connection that declared it."""
        (command,) = commands("warehouse", self.mark, party)
        return await self._declared(command.requests, deliveries)

    async def events(self, party: str = "crm") -> tuple[Broker, Queue]:
        """The same for events, which have an address each."""
        return await self._declared(queue(EVENTS, self.mark, party), 0)

    async def _declared(self, queue: Queue, deliveries: int) -> tuple[Broker, Queue]:
        queue = dataclasses.replace(queue, acknowledge_within_s=GRANTED_S, deliveries=deliveries or queue.deliveries)
        broker = await self.broker()
        await broker.declare(queue)
        self.queues.append(queue)
        return broker, queue

    async def close(self) -> None:
        for declared in self.queues:
            await self.made[0].remove(declared)
        for broker in self.made:
            await broker.close()


@asynccontextmanager
async def reading(broker: Broker, queue: Queue, prefetch: int = 1) -> AsyncIterator[Consumer]:
    """A reader that goes in good order."""
    consumer = await broker.consume(queue, prefetch)
    try:
        yield consumer
    finally:
        await consumer.close()


async def taken(consumer: Consumer, count: int = 1) -> list[Delivery]:
    """So many messages, in the order in which they were handed out."""
    async with asyncio.timeout(DEADLINE_S):
        return [await consumer.next() for _ in range(count)]


async def one(consumer: Consumer) -> Delivery:
    (delivery,) = await taken(consumer)
    return delivery


async def publish(broker: Broker, queue: Queue, *bodies: str, key: str = "") -> None:
    for body in bodies:
        await broker.publish(queue, Message(body.encode(), id=f"id-{body}", key=key))


async def until(condition: Callable[[], Awaitable[bool]], what: str) -> None:
    """Wait for a condition, at most DEADLINE_S."""
    deadline = asyncio.get_running_loop().time() + DEADLINE_S
    while not await condition():
        assert asyncio.get_running_loop().time() < deadline, f"waited {DEADLINE_S:g} s in vain until {what}"
        await asyncio.sleep(0.01)


async def until_depth(broker: Broker, queue: Queue, depth: int) -> None:
    """Wait until so many messages are left; a broker still finding its feet after a restart counts as waiting."""

    async def so_many() -> bool:
        try:
            return await broker.depth(queue) == depth
        except BrokerError:
            return False

    await until(so_many, f"{queue.name} has a depth of {depth}")


def texts(deliveries: list[Delivery]) -> list[str]:
    return [delivery.message.body.decode() for delivery in deliveries]
