"""A file server on a real socket in a world whose clock moves only when told, and the clients that people use."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncssh
import paramiko  # type: ignore[import-untyped]  # it has no types

from crossdock.simulators.channels.sftp.account import Account
from crossdock.simulators.channels.sftp.completion import Completion
from crossdock.simulators.channels.sftp.depot import Depot
from crossdock.simulators.channels.sftp.disk_storage import DiskStorage
from crossdock.simulators.channels.sftp.host_key import HostKey
from crossdock.simulators.channels.sftp.limits import Limits
from crossdock.simulators.channels.sftp.mailbox import Arrived, FileEvent
from crossdock.simulators.channels.sftp.provider import GRACE_S
from crossdock.simulators.channels.sftp.server import SftpServer
from crossdock.tests.simulators.sftp.place import PASSWORD, USER, Place

DEADLINE_S = 60.0
# How asyncssh's client tells that the connection is gone: by where it was just then.
LOST = (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.ConnectionLost, ConnectionError)


@dataclass
class ServerSite:
    """A `Place` with a server in front. `folder` is a scratch folder of this test."""

    place: Place
    server: SftpServer
    folder: Path
    key: Path
    clients: list[asyncssh.SSHClientConnection] = field(default_factory=list)

    async def connect(self, user: str = USER, password: str = PASSWORD, **given: Any) -> asyncssh.SSHClientConnection:
        """Log in with asyncssh's client; whatever is still open when the test ends is dropped."""
        known_hosts = asyncssh.import_known_hosts(self.server.known_hosts)
        options: dict[str, Any] = {"known_hosts": known_hosts, "client_keys": None, "agent_path": None, **given}
        connection = await asyncssh.connect(
            "127.0.0.1", self.server.port, username=user, password=password, config=None, **options
        )
        self.clients.append(connection)
        return connection

    async def sftp(self, *commands: str, known_hosts: str | None = None) -> tuple[int, str]:
        """Run OpenSSH's `sftp` with a batch; its exit code and all that it said."""
        arguments = [*self._openssh(known_hosts), "-P", str(self.server.port), "-b", "-", f"{USER}@127.0.0.1"]
        return await self._run("sftp", *arguments, typed="\n".join(commands) + "\n")

    async def scp(self, *arguments: str) -> tuple[int, str]:
        """Run OpenSSH's `scp`; `REMOTE:` stands for the server."""
        paths = [each.replace("REMOTE:", f"{USER}@127.0.0.1:") for each in arguments]
        return await self._run("scp", *self._openssh(None), "-P", str(self.server.port), *paths)

    async def with_paramiko(self, work: Callable[[paramiko.SFTPClient], Any]) -> Any:
        """Do something with paramiko's client, which blocks, in a thread of its own."""
        return await asyncio.to_thread(self._work_with_paramiko, work)

    def file(self, name: str, content: bytes) -> Path:
        """A local file to upload."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def process_all(self) -> None:
        """Take and archive every file the moment it arrives."""

        def process(event: FileEvent) -> None:
            if isinstance(event, Arrived):
                self.place.mailbox.take(event.arrival).close()
                self.place.mailbox.archive(event.arrival)

        self.place.mailbox.listen(process)

    async def until(self, condition: Callable[[], Any], what: str) -> None:
        """Wait for the condition to be true, at most DEADLINE_S."""
        deadline = asyncio.get_running_loop().time() + DEADLINE_S
        while not condition():
            assert asyncio.get_running_loop().time() < deadline, f"waited {DEADLINE_S:g} s in vain until {what}"
            await asyncio.sleep(0.002)

    def _work_with_paramiko(self, work: Callable[[paramiko.SFTPClient], Any]) -> Any:
        with paramiko.Transport(("127.0.0.1", self.server.port)) as transport:
            transport.connect(username=USER, password=PASSWORD)
            client = paramiko.SFTPClient.from_transport(transport)
            assert client is not None
            with client:
                return work(client)

    def _openssh(self, known_hosts: str | None) -> list[str]:
        trusted = self.file("known_hosts", (known_hosts or self.server.known_hosts).encode())
        options = {
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "yes",
            "UserKnownHostsFile": str(trusted),
            "GlobalKnownHostsFile": "none",
            "LogLevel": "INFO",
        }
        return ["-F", "none", "-i", str(self.key), *(f"-o{name}={value}" for name, value in options.items())]

    async def _run(self, program: str, *arguments: str, typed: str = "") -> tuple[int, str]:
        process = await asyncio.create_subprocess_exec(
            program, *arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        async with asyncio.timeout(DEADLINE_S):
            said, _ = await process.communicate(typed.encode())
        return process.returncode or 0, said.decode()


@asynccontextmanager
async def open_site(
    folder: Path,
    *,
    limits: Limits | None = None,
    completion: Completion | None = None,
    grace_s: float = GRACE_S,
    banner: str = "",
) -> AsyncIterator[ServerSite]:
    """Open a server; when it is closed, nothing may have gone wrong in it."""
    place = Place()
    place.depot = Depot(place.world, "west", limits=limits, completion=completion, grace_s=grace_s)
    private = asyncssh.generate_private_key("ssh-ed25519")
    key = folder / "id_ed25519"
    private.write_private_key(str(key))
    key.chmod(0o600)
    public = private.export_public_key("openssh").decode()
    place.storage = DiskStorage(folder / "mailbox")
    place.mailbox = place.depot.add(Account(USER, password=PASSWORD, keys=[public]), place.storage)
    place.mailbox.listen(place.events.append)
    server = SftpServer(place.depot, [HostKey.made(place.world.ids)], banner=banner)
    await server.open()
    site = ServerSite(place, server, folder, key)
    try:
        yield site
    finally:
        for client in site.clients:
            client.abort()
            await client.wait_closed()
        await server.close()
    assert place.world.errors == [], "the simulator made mistakes"
