"""What still stands in a queue keeps a world from being called quiet."""

import asyncio

from crossdock.simulators.channels.queue.backlog import Backlog
from crossdock.simulators.channels.queue.broker import BrokerError
from crossdock.tests.simulators.queue.conftest import on_nats
from crossdock.tests.simulators.queue.site import Site, request_body


@on_nats
async def test_a_world_is_busy_as_long_as_its_layer_has_events_to_read(site: Site) -> None:
    site.open_case()
    told = f"1 messages wait in {site.events.name}"

    await site.until(lambda: site.world.busy() == told, "the backlog is seen")
    await site.read(site.events)

    await site.until(lambda: site.world.busy() is None, "the backlog is gone")


@on_nats
async def test_a_request_that_a_crashed_reader_left_is_in_the_backlog_too(site: Site) -> None:
    site.world.take_down("east", "outage")
    await site.ask(request_body())

    await site.until(lambda: site.world.busy() == f"1 messages wait in {site.requests.name}", "it is seen to wait")


@on_nats
async def test_a_broker_that_is_down_leaves_the_last_look_as_it_was(site: Site) -> None:
    told = f"1 messages wait in {site.events.name}"
    backlog = Backlog(site.host.broker, lambda: [site.events])
    site.open_case()
    await site.until(lambda: site.world.busy() == told, "the event stands there")
    await backlog.look()
    asked = asyncio.Event()

    class Down:
        async def depth(self, queue: object) -> int:
            asked.set()
            raise BrokerError("gone", definite=True)

    backlog._broker = Down()  # type: ignore[assignment]
    backlog.start()
    await asked.wait()
    await backlog.stop()

    assert backlog.busy() == told
