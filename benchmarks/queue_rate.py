"""Events and requests over NATS, on a server of our own: how many a second, and what each takes of the processor.

Events wait in the outbox when the stopwatch starts, and are through when the broker has confirmed the last. Requests
wait in their queue, and are through when the last reply is confirmed, so that no client is in the figures. The
baselines are the same octets by nats-py alone, into queues that are declared alike, in turns on the same connection
and event loop: published, and read, answered and acknowledged. The server's own processor time is in none of them.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count, islice
from typing import TYPE_CHECKING, Any

import msgspec

from crossdock.benchmarks.measure import Figure, Measured, MeasureError, main
from crossdock.benchmarks.operation_cost import CAST, REAL_TIME, case, fulfilment_request, seed
from crossdock.contracts.queues import EVENTS, Queue, commands, queue
from crossdock.harness.cli.composition import run_loop
from crossdock.scenarios.people import ask
from crossdock.simulators.channels.queue.broker import Broker
from crossdock.simulators.channels.queue.events import MOST_AT_ONCE
from crossdock.simulators.channels.queue.host import QueueHost
from crossdock.simulators.channels.queue.message import Message
from crossdock.simulators.channels.queue.requests import PREFETCH
from crossdock.simulators.clock import CompressedClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Entry
from crossdock.simulators.outbox import NoLedger
from crossdock.simulators.transport import Delivery
from crossdock.simulators.world import World

if TYPE_CHECKING:
    from nats.aio.msg import Msg
    from nats.js import JetStreamContext
    from nats.js.api import RawStreamMsg

ROUND = 1_000
ROUNDS = 7
MARK, BARE_MARK = "BNCH", "BARE"
REQUEST = "createFulfilmentRequest"
WITHIN_S = 60.0
OURS, BARE = "Crossdock", "nats-py alone"


@dataclass(slots=True)
class _Way:
    """One row of the table, with what its rounds took: seconds on the clock, and of the processor."""

    name: str
    take: Callable[[], Awaitable[None]]
    prepare: Callable[[], Awaitable[None]]
    clock_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)

    async def round(self, *, counts: bool) -> None:
        await self.prepare()
        began, cpu_began = time.perf_counter(), time.process_time()
        async with asyncio.timeout(WITHIN_S):
            await self.take()
        if counts:
            self.clock_s.append(time.perf_counter() - began)
            self.cpu_s.append(time.process_time() - cpu_began)

    @property
    def cpu_us(self) -> float:
        return statistics.median(self.cpu_s) / ROUND * 1e6

    def figures(self, quantity: str) -> Iterator[Figure]:
        yield Figure(self.name, quantity, ROUND / statistics.median(self.clock_s), "1/s")
        yield Figure(self.name, "processor time", self.cpu_us, "µs")


class _Countdown:
    """Waits until something has happened so many times."""

    def __init__(self) -> None:
        self.left = 0
        self._over = asyncio.Event()

    def begin(self, left: int) -> None:
        self.left = left
        self._over.clear()

    def one(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self._over.set()

    async def over(self) -> None:
        await self._over.wait()


class _Settled(NoLedger):
    """Hears when an event is through."""

    def __init__(self, countdown: _Countdown) -> None:
        self._countdown = countdown

    def settled(self, delivery: Delivery) -> None:
        self._countdown.one()


def measure() -> Measured:
    """Raises: MeasureError when something is not taken, or the simulators make a mistake."""
    measured = Measured("queue_rate", "events and requests over NATS, one process")
    with tempfile.NamedTemporaryFile("wb", buffering=1 << 18) as sink:
        pairs = run_loop(lambda: _taken(sink))
    for quantity, (ours, bare) in pairs.items():
        for way in (ours, bare):
            measured.figures += way.figures(quantity)
        times = ours.cpu_us / bare.cpu_us
        measured.figures.append(Figure(ours.name, "of nats-py alone", times, "times"))
    measured.notes = [
        f"medians of {ROUNDS} rounds of {ROUND:,} in turns, after one to warm up; journaled to a file",
        f"{MOST_AT_ONCE} events at once; each is there already when the stopwatch starts",
        f"{PREFETCH} requests of five lines at once: read, checked, carried out, journaled, answered, acknowledged",
    ]
    return measured


async def _taken(sink: Any) -> dict[str, tuple[_Way, _Way]]:
    async with _site(sink) as (world, host, context):
        pairs = {"events": await _events(world, host, context), "requests": await _requests(world, host, context)}
        for number, ways in enumerate([pairs[name] for name in pairs for _ in range(ROUNDS + 1)]):
            for way in ways:
                await way.round(counts=number % (ROUNDS + 1) > 0)
    await world.close()
    if world.errors:
        raise MeasureError(f"the simulators failed {len(world.errors)} times, first: {world.errors[0]}")
    return pairs


@asynccontextmanager
async def _site(sink: Any) -> AsyncIterator[tuple[World, QueueHost, JetStreamContext]]:
    import nats

    clock = CompressedClock(asyncio.get_running_loop(), datetime(2026, 3, 2, 8, tzinfo=UTC), REAL_TIME)
    world = World("benchmark", clock, Ids(MARK, 1), cast=CAST, sink=sink)
    seed(world)
    async with QueueHost(world, takers=["east"]) as host:
        await host.subscribe("crm")
        client = await nats.connect(host.url)
        yield world, host, client.jetstream()
        await client.close()


async def _events(world: World, host: QueueHost, context: JetStreamContext) -> tuple[_Way, _Way]:
    numbers, countdown = count(1), _Countdown()
    world.outbox.ledger = _Settled(countdown)
    other = queue(EVENTS, BARE_MARK, "crm")
    await host.broker.declare(other)

    async def happen(size: int = ROUND) -> None:
        countdown.begin(size)
        for number in islice(numbers, size):
            ask(world.parties["crm"], "createCase", case(number))

    await happen(1)
    await countdown.over()
    sample = await context.get_msg(host.broker.reading(host.events.queues["crm"])[0], 1)
    body, headers = sample.data or b"", sample.headers
    address = other.address_of(eventType="crossdock.case.opened.v1")

    async def publish() -> None:
        left = iter(range(ROUND))

        async def one_after_the_other() -> None:
            for _ in left:
                await context.publish(address, body, headers=headers)

        await asyncio.gather(*(one_after_the_other() for _ in range(MOST_AT_ONCE)))

    return _Way(f"{OURS}, events", countdown.over, happen), _Way(f"{BARE}, publishing", publish, _nothing)


async def _requests(world: World, host: QueueHost, context: JetStreamContext) -> tuple[_Way, _Way]:
    numbers, countdown = count(1), _Countdown()
    (ours,) = host.requests["east"]

    def heard(entry: Entry) -> None:
        if entry.channel == "queue" and entry.name == REQUEST and entry.kind in ("ok", "fail", "info"):
            if entry.kind != "ok":
                world.errors.append(f"{REQUEST} ended with {entry.kind}: {entry.detail}")
            countdown.one()

    world.journal.subscribe(heard)

    async def stand(there: Queue, size: int = ROUND) -> None:
        for number in islice(numbers, size):
            body = msgspec.json.encode(fulfilment_request(number))
            message = Message(body, f"M-{number}", content_type="application/json", headers={"operation": REQUEST})
            await host.broker.publish(there, message)

    async def prepare() -> None:
        countdown.begin(ROUND)
        ours.reach(False)
        await stand(ours.commands.requests)

    async def take() -> None:
        if countdown.left < ROUND:
            world.errors.append(f"{ROUND - countdown.left} requests were answered before the stopwatch started")
        ours.reach(True)
        await countdown.over()

    countdown.begin(1)
    await stand(ours.commands.requests, 1)
    await countdown.over()
    sample = await context.get_msg(host.broker.reading(ours.commands.replies)[0], 1)
    return _Way(f"{OURS}, requests", take, prepare), await _answering(host.broker, context, sample, stand)


async def _answering(
    broker: Broker, context: JetStreamContext, reply: RawStreamMsg, stand: Callable[[Queue], Awaitable[None]]
) -> _Way:
    """Requests that are read and acknowledged, and all answered with the same."""
    (known,) = commands("warehouse", BARE_MARK, "east")
    for each in (known.requests, known.replies):
        await broker.declare(each)
    stream, durable = broker.reading(known.requests)
    reading = await context.pull_subscribe_bind(durable, stream)

    async def answer(message: Msg) -> None:
        await context.publish(known.replies.address, reply.data or b"", headers=reply.headers)
        await message.ack()

    async def take() -> None:
        left = ROUND
        while left:
            messages = await reading.fetch(min(PREFETCH, left))
            await asyncio.gather(*map(answer, messages))
            left -= len(messages)

    return _Way(f"{BARE}, reading and answering", take, lambda: stand(known.requests))


async def _nothing() -> None:
    """What nothing has to be prepared for."""


if __name__ == "__main__":
    main({"queue_rate": measure}, sys.argv[1:])
