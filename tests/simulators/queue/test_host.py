"""The queue channel of a world: what a layer is told, what the harness reads, and that nothing is left behind."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from crossdock.simulators.channels.queue.broker import Broker, BrokerError, broker_at
from crossdock.simulators.channels.queue.host import QueueHost
from crossdock.simulators.channels.queue.message import Message
from crossdock.simulators.channels.queue.servers.nats import NatsServer
from crossdock.simulators.channels.queue.servers.process import free_port
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import CAST, World
from crossdock.tests.simulators.queue.bench import DEADLINE_S, Bench, publish, until, until_depth
from crossdock.tests.simulators.queue.conftest import Running, on_nats
from crossdock.tests.simulators.queue.site import Site, open_site, request_body


def world(mark: str = "T1") -> World:
    return World("test", ManualClock(), Ids(mark, 1), cast=CAST)


@pytest.mark.parametrize(
    ("broker", "problem"),
    [
        ("natz", "did you mean 'nats'"),
        ("mongodb", "or give the URL of one"),
        ("http://127.0.0.1", "names no broker"),
    ],
)
def test_a_broker_that_there_is_none_of_is_refused_at_once(broker: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        QueueHost(world(), broker)


def test_a_party_that_there_is_none_of_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="there is no party south in this world"):
        QueueHost(world(), takers=["south"])


async def test_a_broker_of_its_own_is_there_for_the_run_and_gone_after_it() -> None:
    async with QueueHost(world()) as host:
        url = host.url
        assert url.startswith("nats://127.0.0.1:")
        assert set(host.requests) == {"east", "west"}

    with pytest.raises(BrokerError):
        await asyncio.wait_for(broker_at(url).connect(), DEADLINE_S)


async def test_queues_that_are_kept_are_there_for_the_next_world_of_that_mark() -> None:
    async with NatsServer() as server:
        async with QueueHost(world("T2"), server.url, takers=[], keep=True) as host:
            await host.subscribe("crm")
            await publish(host.broker, host.events.queues["crm"], "left")

        async with QueueHost(world("T2"), server.url, takers=[]) as host:
            await host.subscribe("crm")
            assert await host.broker.depth(host.events.queues["crm"]) == 1


async def test_a_broker_of_its_own_listens_where_it_is_told_to() -> None:
    port = free_port()

    async with QueueHost(world(), takers=[], port=port) as host:
        assert host.url == f"nats://127.0.0.1:{port}"


async def test_what_the_layer_is_told_is_how_its_broker_is_read_and_written(site: Site, kind: str, mark: str) -> None:
    requests, replies = f"crossdock.{mark}.east.requests", f"crossdock.{mark}.east.replies"
    events = f"crossdock.{mark}.crm.events"
    expected = {
        "CROSSDOCK_BROKER": kind,
        "CROSSDOCK_BROKER_URL": site.host.url,
        "CROSSDOCK_CRM_EVENTS_QUEUE": events,
        "CROSSDOCK_CRM_EVENTS_GROUP": "",
        "CROSSDOCK_CRM_EVENTS_DEAD_LETTERS": f"crossdock.{mark}.crm.dead.events",
        "CROSSDOCK_EAST_REQUESTS_ADDRESS": requests,
        "CROSSDOCK_EAST_REPLIES_QUEUE": replies,
        "CROSSDOCK_EAST_REPLIES_GROUP": "",
        "CROSSDOCK_EAST_REPLIES_DEAD_LETTERS": f"crossdock.{mark}.east.dead.replies",
    }
    if kind == "rabbitmq":
        expected["CROSSDOCK_BROKER_EXCHANGE"] = f"crossdock.{mark}"
    for name in ("CROSSDOCK_CRM_EVENTS", "CROSSDOCK_EAST_REPLIES"):
        if kind == "kafka":
            expected[f"{name}_GROUP"] = f"crossdock.{mark}.layer"
        if kind == "nats":
            expected[f"{name}_QUEUE"] = expected[f"{name}_QUEUE"].replace(".", "-")
            expected[f"{name}_GROUP"] = "layer"

    assert site.host.environment() == expected


async def test_the_backlog_of_every_queue_is_read_by_its_name(site: Site, mark: str) -> None:
    site.open_case()
    site.world.take_down("east", "outage")
    await site.ask(request_body("FF-1"))
    await site.ask(raw=b"garbage")

    await until_depth(site.host.broker, site.requests, 2)
    await until_depth(site.host.broker, site.events, 1)
    assert await site.host.backlog() == {
        f"crossdock.{mark}.crm.events": 1,
        f"crossdock.{mark}.crm.dead.events": 0,
        f"crossdock.{mark}.east.requests": 2,
        f"crossdock.{mark}.east.dead.requests": 0,
        f"crossdock.{mark}.east.replies": 0,
        f"crossdock.{mark}.east.dead.replies": 0,
    }

    site.world.bring_up("east", "outage")
    await until_depth(site.host.broker, site.requests, 0)
    await until_depth(site.host.broker, site.dead_letters, 1)
    await until_depth(site.host.broker, site.replies, 2)


async def gone(broker: Broker, make: Callable[[Broker], Awaitable[int]]) -> bool:
    try:
        return await make(broker) == 0
    except BrokerError:
        return True


@pytest.mark.parametrize("kind", ["nats", "rabbitmq"], indirect=True)
async def test_leaving_a_shared_broker_removes_what_is_the_runs_and_nothing_else(
    server: Running, mark: str, bench: Bench
) -> None:
    broker, others = await bench.requests("west")
    await publish(broker, others, "somebody else's")
    async with open_site(server.server.url, f"{mark}b"[-8:]) as site:
        site.open_case()
        queues = [each for queue in site.host.queues() for each in queue.with_dead_letters]
        for each in queues:
            await broker.depth(each)

    for each in queues:
        with pytest.raises(BrokerError):
            await broker.depth(each)
    assert await broker.depth(others) == 1


@on_nats
async def test_what_fails_on_the_way_in_leaves_nothing_behind(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(self: object, *_: object) -> None:
        raise BrokerError("no room", definite=True)

    host = QueueHost(world())
    monkeypatch.setattr("crossdock.simulators.channels.queue.brokers.nats.Nats.declare", refused)
    with pytest.raises(BrokerError, match="no room"):
        await host.__aenter__()
    assert host.server is not None

    with pytest.raises(BrokerError):
        await asyncio.wait_for(broker_at(host.url).connect(), DEADLINE_S)


@on_nats
async def test_only_the_parties_that_are_named_take_requests(server: Running, mark: str) -> None:
    async with QueueHost(world(mark), server.server.url, takers=["west"]) as host:
        assert set(host.requests) == {"west"}
        (queue,) = host.requests["west"]
        await host.broker.publish(queue.commands.requests, Message(b"garbage", id="1"))

        async def answered() -> bool:
            return await host.broker.depth(queue.commands.replies) == 1

        await until(answered, "the garbage is answered")
