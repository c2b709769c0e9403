"""The order of what arrives."""

from collections import defaultdict

from crossdock.simulators.channels.queue.message import Message
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
async def messages_of_one_key_are_handed_out_in_the_order_in_which_they_were_published(bench: Bench) -> None:
    broker, queue = await bench.requests()
    keys = [f"FF-{number}" for number in range(6)]

    for number in range(120):
        await broker.publish(queue, Message(f"{number}".encode(), key=keys[number % 6]))

    by_key: dict[str, list[int]] = defaultdict(list)
    everything = []
    async with reading(broker, queue, 10) as consumer:
        for _ in range(120):
            delivery = await one(consumer)
            by_key[delivery.message.key].append(int(delivery.message.body))
            everything.append(int(delivery.message.body))
            await delivery.ack()
    assert by_key == {key: list(range(place, 120, 6)) for place, key in enumerate(keys)}
    if broker.capabilities.order == "queue":
        assert everything == list(range(120))


@law
async def what_is_handed_back_comes_again_before_anything_younger_of_its_key(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, "a", "b", key="k")

    async with reading(broker, queue) as consumer:
        await (await one(consumer)).nack()
        again = await one(consumer)
        assert (again.message.body, again.delivery, again.redelivered) == (b"a", 2, True)
        await again.ack()
        assert (await one(consumer)).message.body == b"b"


@law
async def handing_back_loses_nothing_that_is_in_our_hands_beside_it(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, "a", "b", "c", "d", key="k")

    async with reading(broker, queue, 3) as consumer:
        first, second, third = await taken(consumer, 3)
        await second.nack()
        await first.ack()
        await third.ack()
        seen: set[str] = set()
        while not {"b", "d"} <= seen:
            delivery = await one(consumer)
            seen.add(delivery.message.body.decode())
            await delivery.ack()
    await until_depth(broker, queue, 0)
