"""Depth, and what else is done to a queue as a whole."""

from crossdock.tests.simulators.queue.bench import (
    Bench,
    one,
    publish,
    reading,
    taken,
    until_depth,
)
from crossdock.tests.simulators.queue.laws.law import law


@law
async def the_depth_is_what_the_reader_has_still_to_acknowledge(bench: Bench) -> None:
    broker, queue = await bench.requests()
    assert await broker.depth(queue) == 0

    await publish(broker, queue, *"abcde", key="k")
    await until_depth(broker, queue, 5)

    async with reading(broker, queue, 2) as consumer:
        first, second = await taken(consumer, 2)
        await until_depth(broker, queue, 5 if broker.capabilities.depth_of_unacked else 3)
        await first.ack()
        await second.ack()
        await taken(consumer, 2)
        await until_depth(broker, queue, 3 if broker.capabilities.depth_of_unacked else 1)


@law
async def a_purged_queue_hands_out_only_what_comes_afterwards(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, *"abc", key="k")
    await until_depth(broker, queue, 3)

    await broker.purge(queue)

    await until_depth(broker, queue, 0)
    await publish(broker, queue, "after", key="k")
    async with reading(broker, queue) as consumer:
        assert (await one(consumer)).message.body == b"after"


@law
async def declaring_twice_changes_nothing(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, "a")

    await broker.declare(queue)
    await (await bench.broker()).declare(queue)

    await until_depth(broker, queue, 1)


@law
async def removing_twice_is_no_mistake(bench: Bench) -> None:
    broker, queue = await bench.requests()

    await broker.remove(queue)
    await broker.remove(queue)


@law
async def queues_of_two_parties_and_two_runs_keep_apart(bench: Bench) -> None:
    broker, east = await bench.requests("east")
    _, west = await bench.requests("west")
    other = Bench(bench.make, f"{bench.mark}x"[-8:])
    elsewhere, theirs = await other.requests("east")

    await publish(broker, east, "for-east")
    await publish(elsewhere, theirs, "theirs")
    try:
        await until_depth(broker, east, 1)
        await until_depth(elsewhere, theirs, 1)
        assert await broker.depth(west) == 0
        async with reading(broker, east) as consumer:
            assert (await one(consumer)).message.body == b"for-east"
    finally:
        await other.close()


@law
async def a_connection_that_was_closed_is_made_again_when_it_is_needed(bench: Bench) -> None:
    broker, queue = await bench.requests()

    await broker.close()
    await publish(broker, queue, "a")

    await until_depth(broker, queue, 1)
