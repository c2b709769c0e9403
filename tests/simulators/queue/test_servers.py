"""The brokers that Crossdock runs itself: private, clean, and never left behind."""

import asyncio
import os
import signal
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crossdock.contracts.registry import UnknownId
from crossdock.simulators.channels.queue.broker import broker_at, brokers
from crossdock.simulators.channels.queue.servers.process import ServerProcess, free_port
from crossdock.simulators.channels.queue.servers.server import ServerError, servers

DEADLINE_S = 20.0
# A process that starts a server and says its port, then waits until it is killed.
STARTER = """
import asyncio
from crossdock.simulators.channels.queue.servers.nats import NatsServer

async def main():
    server = NatsServer()
    await server.start()
    print(server.url, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def until_nobody_listens(port: int) -> None:
    deadline = asyncio.get_running_loop().time() + DEADLINE_S
    while await listens(port):
        assert asyncio.get_running_loop().time() < deadline, f"somebody still listens on port {port}"
        await asyncio.sleep(0.02)


def test_every_broker_can_be_run_by_crossdock_itself() -> None:
    assert set(servers) == set(brokers)


def test_a_broker_that_there_is_none_of_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownId, match="did you mean 'rabbitmq'"):
        servers["rabitmq"]


def test_a_url_that_names_no_broker_is_refused_with_what_there_is() -> None:
    with pytest.raises(ValueError, match=r"'ftp://x' names no broker.*nats://.*amqp://.*kafka://|kafka://.*nats://"):
        broker_at("ftp://x")


async def test_a_nats_server_is_on_the_loopback_interface_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    async with servers["nats"]() as server:
        address = urlsplit(server.url)
        assert address.hostname == "127.0.0.1"
        assert address.port is not None
        assert await listens(address.port)
        assert list(tmp_path.iterdir())

    assert not await listens(address.port)
    assert list(tmp_path.iterdir()) == []


def test_the_url_of_rabbitmq_names_its_virtual_host() -> None:
    assert urlsplit(servers["rabbitmq"]().url).path == "/%2F", "a bare slash would mean the one without a name"


async def test_two_servers_live_side_by_side() -> None:
    async with servers["nats"]() as one, servers["nats"]() as other:
        assert one.url != other.url


async def test_a_server_does_not_outlive_the_process_that_started_it() -> None:
    starter = await asyncio.create_subprocess_exec(sys.executable, "-P", "-c", STARTER, stdout=asyncio.subprocess.PIPE)
    assert starter.stdout is not None
    url = (await asyncio.wait_for(starter.stdout.readline(), DEADLINE_S)).decode().strip()
    port = urlsplit(url).port
    assert port is not None
    assert await listens(port)

    starter.send_signal(signal.SIGKILL)
    await starter.wait()

    await until_nobody_listens(port)


async def test_a_server_that_ends_before_it_is_ready_says_its_last_words(tmp_path: Path) -> None:
    command = ["/bin/sh", "-c", "echo no room; exit 7"]
    process = await ServerProcess.start("the server", command, os.environ, tmp_path / "log")

    async def never() -> bool:
        return False

    with pytest.raises(ServerError, match=r"(?s)the server ended with exit code 7.*no room"):
        await process.until(never, DEADLINE_S)
    await process.stop()


async def test_a_server_that_is_not_ready_in_time_is_given_up(tmp_path: Path) -> None:
    process = await ServerProcess.start("the server", ["/bin/sleep", "60"], os.environ, tmp_path / "log")

    async def never() -> bool:
        return False

    with pytest.raises(ServerError, match=r"(?s)the server was not ready within 0\.05 s.*it wrote nothing"):
        await process.until(never, 0.05)
    await process.stop()


async def test_stopping_ends_a_server_in_good_order(tmp_path: Path) -> None:
    command = ["/bin/sh", "-c", "trap 'echo in good order; exit 0' TERM; echo ready; while :; do sleep 0.02; done"]
    log = tmp_path / "log"
    process = await ServerProcess.start("the server", command, os.environ, log)

    async def ready() -> bool:
        return "ready" in log.read_text("utf-8")

    await process.until(ready, DEADLINE_S)
    await process.stop()

    assert "in good order" in log.read_text("utf-8")


def test_a_free_port_is_one_that_can_be_bound() -> None:
    assert 1024 < free_port() < 65536


async def test_the_mock_cluster_says_that_it_cannot_be_restarted() -> None:
    async with servers["kafka"]() as server:
        assert not server.restarts
        with pytest.raises(ServerError, match="keeps everything in memory"):
            await server.go_down()
