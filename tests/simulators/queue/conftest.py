"""Brokers for the tests: a real one of each kind, started when the first test wants it, one per worker."""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from crossdock.simulators.channels.queue.broker import Broker, broker_at, brokers
from crossdock.simulators.channels.queue.servers.server import BrokerServer, servers
from crossdock.tests.simulators.queue.bench import Bench
from crossdock.tests.simulators.queue.site import Site, open_site

KINDS = tuple(brokers)


@dataclass
class Running:
    """A started server and the loop that it lives on, which is none of a test."""

    server: BrokerServer
    runner: asyncio.Runner

    async def do(self, step: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """A step of the server (stop, start) from within a test."""
        await asyncio.to_thread(lambda: self.runner.run(step()))


@pytest.fixture(scope="session")
def running() -> Iterator[Callable[[str], Running]]:
    """Gives the server of a kind; a missing one skips the test, and fails it where CI is set."""
    started: dict[str, Running] = {}
    with ExitStack() as stack:

        def get(kind: str) -> Running:
            if kind not in started:
                if missing := servers[kind].missing():
                    if os.environ.get("CI"):
                        pytest.fail(f"{missing} (which fails where CI is set)", pytrace=False)
                    pytest.skip(missing)
                runner = stack.enter_context(asyncio.Runner())
                server = servers[kind]()
                runner.run(server.start())
                stack.callback(lambda: runner.run(server.stop()))
                started[kind] = Running(server, runner)
            return started[kind]

        yield get


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of broker in turn."""
    return str(request.param)


@pytest.fixture
def server(running: Callable[[str], Running], kind: str) -> Running:
    return running(kind)


_numbers = itertools.count(1)


@pytest.fixture
def mark() -> str:
    """A mark that no other test of this session has."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return f"{worker}T{next(_numbers)}"


@pytest.fixture
def make(server: Running) -> Callable[[], Broker]:
    return lambda: broker_at(server.server.url)


@pytest.fixture
async def bench(make: Callable[[], Broker], mark: str) -> AsyncIterator[Bench]:
    bench = Bench(make, mark)
    yield bench
    await bench.close()


@pytest.fixture
async def site(server: Running, mark: str) -> AsyncIterator[Site]:
    """A world on the broker, the CRM's events subscribed and the warehouse taking requests."""
    async with open_site(server.server.url, mark) as site:
        yield site


on_nats = pytest.mark.parametrize("kind", ["nats"], indirect=True)
