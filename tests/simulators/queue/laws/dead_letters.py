"""What is refused, or handed out in vain too often, is set aside."""

from crossdock.simulators.channels.queue.message import DELIVERY, REASON, SOURCE, Message
from crossdock.tests.simulators.queue.bench import (
    Bench,
    one,
    publish,
    reading,
    until_depth,
)
from crossdock.tests.simulators.queue.laws.law import law

OCTETS = bytes(range(256)) * 4


@law
async def what_is_refused_is_set_aside_with_its_reason_and_blocks_nothing(bench: Bench) -> None:
    broker, queue = await bench.requests()
    assert queue.dead_letters is not None
    await broker.publish(queue, Message(OCTETS, "bad", "k", "text/x", "corr", {"x-own": "kept"}))
    await publish(broker, queue, "good", key="k")

    async with reading(broker, queue) as consumer:
        await (await one(consumer)).reject("no request: Änderung\r\nX-Evil: 1")
        assert (await one(consumer)).message.body == b"good"

    async with reading(broker, queue.dead_letters) as consumer:
        letter = (await one(consumer)).message
        assert (letter.body, letter.id, letter.key, letter.content_type, letter.correlation_id) == (
            OCTETS,
            "bad",
            "k",
            "text/x",
            "corr",
        )
        assert letter.headers == {
            "x-own": "kept",
            REASON: "no request: ?nderung?X-Evil: 1",
            SOURCE: queue.name,
            DELIVERY: "1",
        }


@law
async def what_was_handed_out_in_vain_too_often_is_set_aside(bench: Bench) -> None:
    broker, queue = await bench.requests(deliveries=3)
    assert queue.dead_letters is not None
    await publish(broker, queue, "poison", "good", key="k")

    async with reading(broker, queue) as consumer:
        for number in (1, 2, 3):
            delivery = await one(consumer)
            assert (delivery.message.body, delivery.delivery) == (b"poison", number)
            await delivery.nack()
        good = await one(consumer)
        assert good.message.body == b"good"
        await good.ack()

    async with reading(broker, queue.dead_letters) as consumer:
        assert (await one(consumer)).message.body == b"poison"
    await until_depth(broker, queue, 0)


@law
async def the_depth_of_dead_letters_is_told_like_any_other(bench: Bench) -> None:
    broker, queue = await bench.requests()
    assert queue.dead_letters is not None
    await publish(broker, queue, "a", "b")

    async with reading(broker, queue) as consumer:
        for _ in range(2):
            await (await one(consumer)).reject("no")

    await until_depth(broker, queue.dead_letters, 2)
