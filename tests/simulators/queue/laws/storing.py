"""What is stored, and how it arrives."""

import asyncio
from dataclasses import replace

from crossdock.simulators.channels.queue.broker import BrokerError
from crossdock.simulators.channels.queue.message import Message
from crossdock.tests.simulators.queue.bench import (
    Bench,
    one,
    publish,
    reading,
    taken,
    texts,
    until_depth,
)
from crossdock.tests.simulators.queue.laws.law import law

OCTETS = bytes(range(256)) * 4


@law
async def a_message_arrives_with_everything_it_carried(bench: Bench) -> None:
    broker, queue = await bench.requests()
    sent = Message(OCTETS, "m-1", "key/1", "application/octet-stream", "corr-1", {"status": "201", "x-a": "b; c=d"})

    await broker.publish(queue, sent)

    async with reading(broker, queue) as consumer:
        delivery = await one(consumer)
        assert delivery.message == sent
        assert (delivery.delivery, delivery.redelivered) == (1, False)
        await delivery.ack()


@law
async def a_message_that_carries_nothing_but_its_body_arrives_so(bench: Bench) -> None:
    broker, queue = await bench.requests()

    await broker.publish(queue, Message(b""))

    async with reading(broker, queue) as consumer:
        message = (await one(consumer)).message
        assert replace(message, id="") == Message(b""), "a client may have given it an id"


@law
async def every_address_below_the_name_of_a_queue_leads_into_it(bench: Bench) -> None:
    broker, queue = await bench.events()
    types = ["crossdock.order.submitted.v1", "crossdock.case.changed.v1"]

    for event_type in types:
        await broker.publish(queue, Message(event_type.encode(), key="k"), queue.address_of(eventType=event_type))

    async with reading(broker, queue, 2) as consumer:
        assert texts(await taken(consumer, 2)) == types


@law
async def the_largest_message_that_a_broker_claims_to_take_arrives_whole(bench: Bench) -> None:
    broker, queue = await bench.requests()
    body = OCTETS * (broker.capabilities.largest // len(OCTETS))

    await broker.publish(queue, Message(body, key="large"))

    async with reading(broker, queue) as consumer:
        delivery = await one(consumer)
        assert delivery.message.body == body
        await delivery.ack()


@law
async def duplicates_really_arrive(bench: Bench) -> None:
    broker, queue = await bench.requests()

    await publish(broker, queue, "same", "same")

    async with reading(broker, queue, 2) as consumer:
        assert [delivery.message.id for delivery in await taken(consumer, 2)] == ["id-same", "id-same"]


@law
async def publishing_where_nothing_listens_is_refused_for_good_where_that_is_claimed(bench: Bench) -> None:
    broker, queue = await bench.requests()
    if not broker.capabilities.unroutable:
        return

    refusal: BrokerError | None = None
    try:
        await broker.publish(queue, Message(b"x"), f"{queue.exchange}.nobody")
    except BrokerError as error:
        refusal = error
    assert refusal is not None
    assert (refusal.definite, refusal.lasting) == (True, True)
    await publish(broker, queue, "after")
    await until_depth(broker, queue, 1)


@law
async def many_messages_published_at_once_are_all_there_each_once(bench: Bench) -> None:
    broker, queue = await bench.requests()
    count = 1000

    messages = [Message(b"x" * 200, id=f"{number}", key=f"k{number % 7}") for number in range(count)]
    await asyncio.gather(*(broker.publish(queue, message) for message in messages))

    seen = []
    async with reading(broker, queue, 50) as consumer:
        for _ in range(count):
            delivery = await one(consumer)
            seen.append(int(delivery.message.id))
            await delivery.ack()
        await until_depth(broker, queue, 0)
    assert sorted(seen) == list(range(count))
