"""What is acknowledged never comes again, and what is not always does."""

import asyncio

from crossdock.simulators.channels.queue.broker import Seen
from crossdock.simulators.channels.queue.message import Message
from crossdock.tests.simulators.queue.bench import (
    GRANTED_S,
    Bench,
    one,
    publish,
    reading,
    taken,
    texts,
    until,
    until_depth,
)
from crossdock.tests.simulators.queue.laws.law import law


@law
async def what_was_acknowledged_never_comes_again(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, "a", "b", key="k")

    async with reading(broker, queue) as consumer:
        await (await one(consumer)).ack()
        await until_depth(broker, queue, 1 if broker.capabilities.depth_of_unacked else 0)

    async with reading(broker, queue) as consumer:
        assert (await one(consumer)).message.body == b"b"


@law
async def what_a_reader_held_when_it_crashed_comes_again(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, "a", key="k")
    consumer = await broker.consume(queue)
    await one(consumer)
    began = asyncio.get_running_loop().time()

    await consumer.crash()

    async with reading(broker, queue) as after:
        again = await one(after)
        took_s = asyncio.get_running_loop().time() - began
        assert again.message.body == b"a"
        if broker.capabilities.counts == "broker":
            assert (again.delivery, again.redelivered) == (2, True)
        if broker.capabilities.returns == "in time":
            assert took_s >= GRANTED_S * 0.9, f"after {took_s:.3f} s already, though {GRANTED_S} s were granted"
        await again.ack()


@law
async def a_reader_that_goes_in_good_order_gives_back_at_once_what_it_held(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, "a", "b", key="k")

    async with reading(broker, queue, 2) as consumer:
        await taken(consumer, 2)

    async with reading(broker, queue, 2) as consumer:
        assert texts(await taken(consumer, 2)) == ["a", "b"]


@law
async def acknowledging_out_of_turn_loses_nothing_when_the_reader_crashes(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, "a", "b", "c", "d", key="k")
    consumer = await broker.consume(queue, 3)
    _, second, third = await taken(consumer, 3)

    await third.ack()
    await second.ack()
    await consumer.crash()

    seen: set[str] = set()
    async with reading(broker, queue) as after:
        while not {"a", "d"} <= seen:
            delivery = await one(after)
            seen.add(delivery.message.body.decode())
            await delivery.ack()
    await until_depth(broker, queue, 0)


@law
async def a_reader_has_no_more_in_its_hands_than_it_asked_for(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, "a", "b", "c", key="k")

    async with reading(broker, queue, 2) as consumer:
        first, second = await taken(consumer, 2)
        waiting = asyncio.ensure_future(consumer.next())
        done, _ = await asyncio.wait({waiting}, timeout=GRANTED_S / 2)
        assert not done
        await second.ack()
        await first.ack()
        assert (await asyncio.wait_for(waiting, 5)).message.body == b"c"


@law
async def who_stops_waiting_for_a_message_has_taken_none(bench: Bench) -> None:
    broker, queue = await bench.requests()

    async with reading(broker, queue) as consumer:
        for _ in range(3):
            waiting = asyncio.ensure_future(consumer.next())
            await asyncio.sleep(0)
            waiting.cancel()
        await publish(broker, queue, "a")
        assert (await one(consumer)).message.body == b"a"


@law
async def a_message_that_is_being_worked_on_is_handed_to_nobody_else(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, "a", key="k")

    async with reading(broker, queue, 2) as consumer:
        delivery = await one(consumer)
        again = asyncio.ensure_future(consumer.next())
        for _ in range(8):  # twice as long as is granted without a word
            await delivery.working()
            await asyncio.wait({again}, timeout=GRANTED_S / 4)
        assert not again.done()
        again.cancel()
        await delivery.ack()
    await until_depth(broker, queue, 0)


@law
async def it_can_be_heard_what_the_reader_acknowledged_where_that_is_claimed(bench: Bench) -> None:
    broker, queue = await bench.requests()
    heard: list[Seen] = []
    await broker.watch(queue, heard.append)

    first = await broker.publish(queue, Message(b"a", key="k"))
    second = await broker.publish(queue, Message(b"b", key="k"))
    other = await bench.broker()
    async with reading(other, queue, 2) as consumer:
        for delivery in await taken(consumer, 2):
            await delivery.ack()
        await until_depth(broker, queue, 0)

    async def both() -> bool:
        return len(heard) == 2

    if broker.capabilities.sees_acks:
        await until(both, "both acknowledgements are heard")
        assert [(seen.position, seen.acknowledged) for seen in heard] == [(first, True), (second, True)]
    else:
        assert heard == []
