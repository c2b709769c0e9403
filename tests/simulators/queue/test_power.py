"""A broker of our own goes down and comes back, with all that it had stored; one by address does not."""

from crossdock.simulators.channels.queue.broker import BrokerError
from crossdock.simulators.channels.queue.host import QueueHost
from crossdock.simulators.channels.queue.message import Message
from crossdock.simulators.channels.queue.power import BROKER, Power
from crossdock.simulators.channels.queue.servers.nats import NatsServer
from crossdock.simulators.channels.queue.servers.server import ServerError
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import CAST, World
from crossdock.tests.simulators.queue.bench import until
from crossdock.tests.simulators.queue.conftest import Running, on_nats


def world(mark: str) -> World:
    return World("test", ManualClock(), Ids(mark, 1), cast=CAST)


async def answers(host: QueueHost) -> bool:
    """Whether the broker can be asked, and still has what was stored."""
    try:
        return await host.broker.depth(host.events.queues["crm"]) == 1
    except BrokerError:
        return False


async def test_a_broker_of_our_own_is_taken_down_and_comes_back_with_its_messages(mark: str) -> None:
    one = world(mark)
    async with QueueHost(one) as host:
        await host.subscribe("crm")
        await host.broker.publish(host.events.queues["crm"], Message(b"kept"), f"crossdock.{mark}.crm.events.x")
        assert host.goes_down
        one.take_down(BROKER, "broker-down")
        await host.settled()
        assert not await answers(host)
        one.bring_up(BROKER, "broker-down")

        await until(lambda: answers(host), "it answers again, and has the message")
    assert one.errors == []


async def test_a_broker_counts_as_down_until_it_is_there_again(mark: str) -> None:
    """RabbitMQ takes many seconds to start where the machine is busy, and nobody can do anything meanwhile."""
    one = world(mark)
    told: list[bool] = []
    one.journal.subscribe(lambda entry: told.append(entry.detail["reachable"]) if entry.name == "broker-down" else None)
    async with QueueHost(one) as host:
        one.take_down(BROKER, "broker-down")
        one.bring_up(BROKER, "broker-down")
        one.bring_up(BROKER, "broker-down")
        assert BROKER in one.outbox.paused, "a run is not settled while somebody is away"
        assert told == [False]
        await host.settled()

        async def is_back() -> bool:
            return BROKER not in one.outbox.paused

        await until(is_back, "it counts as back")
        assert told == [False, True]


@on_nats
async def test_one_that_is_found_by_its_address_is_left_alone(server: Running, mark: str) -> None:
    async with QueueHost(world(mark), server.server.url) as host:
        assert not host.goes_down


async def test_a_switch_that_fails_is_told_as_our_own_mistake() -> None:
    class Stuck(NatsServer):
        async def go_down(self) -> None:
            raise ServerError("it does not let go")

    errors: list[str] = []
    power = Power(Stuck(), errors)
    power.switch(False)
    await power.settled()

    assert errors == ["the broker could not be switched off: it does not let go"]
