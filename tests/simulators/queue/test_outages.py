"""A broker that goes down, or whose connections break: nothing confirmed is lost, and everybody hears of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from urllib.parse import urlsplit

import pytest

from crossdock.scenarios.wire.relay import HOST, Relay
from crossdock.scenarios.wire.rule import Silence
from crossdock.simulators.channels.queue.broker import Broker, BrokerError, broker_at
from crossdock.simulators.channels.queue.message import Message
from crossdock.simulators.channels.queue.servers.process import free_port
from crossdock.simulators.channels.queue.servers.server import servers
from crossdock.tests.simulators.queue.bench import (
    DEADLINE_S,
    Bench,
    one,
    publish,
    reading,
    taken,
    texts,
    until_depth,
)
from crossdock.tests.simulators.queue.conftest import Running

# What keeps its messages in memory has nothing left afterwards (test_servers holds that it says so).
# What tells its clients to call another address than the relay's goes round it.
restarted = pytest.mark.parametrize("kind", [kind for kind in servers if servers[kind].restarts], indirect=True)
relayed = pytest.mark.parametrize("kind", ["nats", "rabbitmq"], indirect=True)


@asynccontextmanager
async def by_way_of_a_relay(broker: Broker) -> AsyncIterator[tuple[Relay, Broker]]:
    """A relay in front of the broker, and the broker as it is called through it."""
    server = urlsplit(broker.url)
    assert server.hostname
    assert server.port
    relay = Relay(server.hostname, server.port, Random(1))
    await relay.open()
    credentials, at, _ = server.netloc.rpartition("@")
    try:
        yield relay, broker_at(server._replace(netloc=f"{credentials}{at}{HOST}:{relay.port}").geturl())
    finally:
        relay.close()


@pytest.fixture
async def nowhere(kind: str) -> Broker:
    """A broker of each kind at an address where nobody is."""
    scheme = {"nats": "nats", "rabbitmq": "amqp", "kafka": "kafka"}[kind]
    return broker_at(f"{scheme}://ada:secret@127.0.0.1:{free_port()}")


async def test_a_broker_that_is_not_there_is_a_definite_failure_that_keeps_the_password(nowhere: Broker) -> None:
    with pytest.raises(BrokerError) as caught:
        await asyncio.wait_for(nowhere.connect(), DEADLINE_S)

    assert "secret" not in str(caught.value)
    assert not caught.value.lasting


@restarted
async def test_what_was_confirmed_before_a_restart_is_there_after_it(bench: Bench, server: Running) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, "a", "b", "c", key="k")
    consumer = await broker.consume(queue)
    first = await one(consumer)

    await server.do(server.server.go_down)
    with pytest.raises(BrokerError):
        await asyncio.wait_for(consumer.next(), DEADLINE_S)
    with pytest.raises(BrokerError):
        await first.ack()
    with pytest.raises(BrokerError):
        await broker.publish(queue, Message(b"lost"))
    await server.do(server.server.start)

    await consumer.close()
    await until_depth(broker, queue, 3)
    async with reading(broker, queue, 3) as after:
        assert sorted(texts(await taken(after, 3))) == ["a", "b", "c"]


@relayed
async def test_a_reset_connection_is_heard_of_and_what_was_held_comes_again(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await publish(broker, queue, "a", key="k")
    async with by_way_of_a_relay(broker) as (relay, relayed):
        consumer = await relayed.consume(queue)
        held = await one(consumer)
        waiting = asyncio.ensure_future(consumer.next())

        assert relay.lines
        relay.reset_all()

        with pytest.raises(BrokerError):
            await asyncio.wait_for(waiting, DEADLINE_S)
        with pytest.raises(BrokerError):
            await held.ack()
        async with reading(relayed, queue) as after:
            again = await one(after)
            assert (again.message.body, again.redelivered) == (b"a", True)
            await again.ack()
        await consumer.close()
        await relayed.close()


@relayed
async def test_a_lost_confirm_is_no_definite_failure_and_sending_again_makes_two(bench: Bench) -> None:
    broker, queue = await bench.requests()
    async with by_way_of_a_relay(broker) as (relay, relayed):
        await relayed.connect()
        for line in relay.lines:
            line.follow(Silence(), "down")
        publishing = asyncio.ensure_future(publish(relayed, queue, "a"))
        await until_depth(broker, queue, 1)

        relay.reset_all()

        with pytest.raises(BrokerError) as caught:
            await asyncio.wait_for(publishing, DEADLINE_S)
        assert not caught.value.definite
        await publish(relayed, queue, "a")
        await relayed.close()
    await until_depth(broker, queue, 2)


@pytest.mark.parametrize("kind", ["nats", "kafka"], indirect=True)
async def test_a_message_that_no_broker_would_take_is_refused_for_good(bench: Bench) -> None:
    broker, queue = await bench.requests()

    with pytest.raises(BrokerError) as caught:
        await broker.publish(queue, Message(b"x" * 2_000_000))

    assert (caught.value.definite, caught.value.lasting) == (True, True)
    await publish(broker, queue, "after")
    await until_depth(broker, queue, 1)


@relayed
async def test_a_queue_that_is_not_there_has_no_depth_until_it_is_declared(bench: Bench) -> None:
    broker, queue = await bench.requests()
    await broker.remove(queue)

    with pytest.raises(BrokerError):
        await broker.depth(queue)
    await broker.declare(queue)
    assert await broker.depth(queue) == 0
