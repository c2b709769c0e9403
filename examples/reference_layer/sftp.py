"""The `Files` port as a real process has it: SFTP, one connection per partner, made again when it is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from .ports import TimedOut, Unreachable
from .settings import Partner

if TYPE_CHECKING:
    import asyncssh

T = TypeVar("T")
OURS, THEIRS, ARCHIVE = "/outbound", "/inbound", "/archive"
UNFINISHED = (".tmp", ".partial", ".filepart", ".incomplete")


class SftpFiles:
    """asyncssh is imported with the first connection: a layer whose partners all have APIs does without."""

    def __init__(self, partners: Mapping[str, Partner], timeout_s: float) -> None:
        self._partners, self._timeout_s = partners, timeout_s
        self._connections: dict[str, tuple[asyncssh.SSHClientConnection, asyncssh.SFTPClient]] = {}
        self._locks = {name: asyncio.Lock() for name in partners}

    async def names(self, partner: str) -> list[str]:
        async def listed(sftp: asyncssh.SFTPClient) -> list[str]:
            entries = await sftp.readdir(OURS)
            return [str(each.filename) for each in entries if each.attrs.type == 1]

        return [name for name in await self._with(partner, listed) if not name.endswith(UNFINISHED)]

    async def fetch(self, partner: str, name: str) -> bytes:
        async def fetched(sftp: asyncssh.SFTPClient) -> bytes:
            async with sftp.open(f"{OURS}/{name}", "rb") as file:
                return bytes(await file.read())

        return await self._with(partner, fetched)

    async def finish(self, partner: str, name: str) -> None:
        async def moved(sftp: asyncssh.SFTPClient) -> None:
            await sftp.posix_rename(f"{OURS}/{name}", f"{ARCHIVE}/{name}")

        await self._with(partner, moved)

    async def put(self, partner: str, name: str, content: bytes) -> None:
        async def written(sftp: asyncssh.SFTPClient) -> None:
            async with sftp.open(f"{THEIRS}/{name}.tmp", "wb") as file:
                await file.write(content)
            await sftp.posix_rename(f"{THEIRS}/{name}.tmp", f"{THEIRS}/{name}")

        await self._with(partner, written)

    async def close(self) -> None:
        for connection, _ in self._connections.values():
            connection.abort()
        self._connections.clear()

    async def _with(self, partner: str, use: Callable[[asyncssh.SFTPClient], Awaitable[T]]) -> T:
        """Raises: Unreachable when no connection came about, TimedOut when it was lost on the way."""
        import asyncssh

        async with self._locks[partner]:
            sftp = await self._connected(partner)
        try:
            return await asyncio.wait_for(use(sftp), self._timeout_s)
        except (asyncssh.Error, OSError, TimeoutError) as error:
            self._forget(partner, sftp)
            raise TimedOut(f"{type(error).__name__} {error}".strip()) from error

    async def _connected(self, partner: str) -> asyncssh.SFTPClient:
        import asyncssh

        if partner in self._connections:
            return self._connections[partner][1]
        known = self._partners[partner]
        try:
            connection = await asyncio.wait_for(
                asyncssh.connect(
                    known.host,
                    known.port,
                    username=known.user,
                    password=known.password,
                    known_hosts=self._trusted(known),
                    client_keys=None,
                    agent_path=None,
                ),
                self._timeout_s,
            )
            sftp = await asyncio.wait_for(connection.start_sftp_client(), self._timeout_s)
        except (asyncssh.Error, OSError, TimeoutError) as error:
            raise Unreachable(f"{type(error).__name__} {error}".strip()) from error
        self._connections[partner] = connection, sftp
        return sftp

    def _trusted(self, partner: Partner) -> asyncssh.SSHKnownHosts | None:
        """The keys that its server may show; None: any."""
        import asyncssh

        return asyncssh.import_known_hosts(partner.host_key)

    def _forget(self, partner: str, lost: asyncssh.SFTPClient) -> None:
        """Several may find out at the same time; what was connected since stays."""
        connection, sftp = self._connections.get(partner, (None, None))
        if connection is not None and sftp is lost:
            del self._connections[partner]
            connection.abort()
