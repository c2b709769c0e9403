"""A party that speaks in files, without a socket: its partner logs in to the mailboxes directly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from ..channels.files.channel import FileChannel
from ..channels.files.interference import Whoever
from ..channels.files.partner import FilePartner, attach, formats, told_of
from ..channels.sftp.account import Account
from ..channels.sftp.depot import Depot
from ..channels.sftp.direct_client import DirectClient
from ..channels.sftp.status import ConnectionCut, FileRefused, Status
from ..party import Party
from ..world import World
from .wire import HOST, Wire

T = TypeVar("T")
# There is no key to check where there is no wire to listen on; a layer may demand that one is named.
NO_HOST_KEY = "none, in virtual time"


class VirtualFileSite:
    """Implements `Site`. The files lie in memory."""

    def __init__(self, world: World, party: Party, partner: FilePartner, channel: str, port: int, wire: Wire) -> None:
        self.partner = partner
        self.name = channel
        self.port = port
        self._wire = wire
        self._depot = Depot(world, party.name, interference=Whoever(lambda: world.mail_interference))
        world.secrets.learn(partner.password, "password", party.name, user=partner.user)
        mailbox = self._depot.add(Account(partner.user, password=partner.password))
        world.also_busy.append(self._depot.busy)
        self.channel = FileChannel(world, party, mailbox, formats[channel](partner))
        self._sessions: set[FileSession] = set()
        self._open = False
        attach(world, self.channel, partner.user)

    @property
    def url(self) -> str:
        return f"sftp://{HOST}:{self.port}"

    def told(self, _address: str) -> Iterator[tuple[str, str]]:
        """What a partner must know, as the last part of an environment variable's name, and its value. Nothing ever
        stands in front of it.
        """
        yield from told_of(self.partner, self.name, HOST, self.port)
        yield "SFTP_HOST_KEY", NO_HOST_KEY

    async def open(self) -> None:
        self.channel.begin()
        self._open = True

    def cut(self) -> None:
        self._open = False
        self._drop("outage")

    def reopen(self) -> None:
        self._open = True

    def drop_everybody(self) -> None:
        """Who is connected has to log in again."""
        self._drop("the server dropped all connections")

    async def close(self) -> None:
        self._open = False
        self._drop("the server was closed")
        self._depot.close()

    async def log_in(self, user: str, password: str) -> FileSession:
        """Raises: ConnectionRefusedError while the party is down, ConnectionResetError, PermissionError."""
        await self._wire.crossed()
        if not self._open:
            raise ConnectionRefusedError(f"nobody listens at {self.url}")
        client = await _in_words_of_the_system(lambda: DirectClient.log_in(self._depot, user, password), self.url)
        await self._wire.crossed()
        session = FileSession(client, self._wire, self._sessions.discard)
        self._sessions.add(session)
        return session

    def _drop(self, why: str) -> None:
        for session in list(self._sessions):
            session.drop(why)


class FileSession:
    """A partner's session: what an SFTP client library offers, as far as a layer needs it.

    Paths are absolute. Every method raises FileNotFoundError, PermissionError, ConnectionResetError once the session is
    over, and another OSError for whatever else the server refuses.
    """

    def __init__(self, client: DirectClient, wire: Wire, on_end: Callable[[FileSession], None]) -> None:
        self._client = client
        self._wire = wire
        self._on_end = on_end
        self._over = ""

    async def names(self, folder: str) -> list[str]:
        """The names of what lies in a folder."""
        return await self._ask(folder, lambda: self._client.names(folder))

    async def read(self, path: str) -> bytes:
        return await self._ask(path, lambda: self._client.get(path))

    async def write(self, path: str, content: bytes) -> None:
        """Make a file, or replace one. It counts as complete at once unless its name is a temporary one (.tmp)."""
        await self._ask(path, lambda: self._client.put(path, content))

    async def rename(self, old: str, new: str) -> None:
        """Give a file another name or place; what has it already is replaced."""
        await self._ask(old, lambda: self._client.rename(old, new, replace=True))

    async def remove(self, path: str) -> None:
        await self._ask(path, lambda: self._client.remove(path))

    def close(self) -> None:
        self.drop("the partner left")

    def drop(self, why: str) -> None:
        """The connection is lost. Nothing the second time."""
        if not self._over:
            self._over = why
            self._on_end(self)
            self._client.hang_up(why)

    async def _ask(self, about: str, doing: Callable[[], Awaitable[T]]) -> T:
        await self._wire.crossed()
        done = await _in_words_of_the_system(doing, about)
        await self._wire.crossed()
        if self._over:
            raise ConnectionResetError(f"{about}: {self._over}")
        return done


async def _in_words_of_the_system(doing: Callable[[], Awaitable[T]], about: str) -> T:
    """Raises: OSError of the kind that Python has for it."""
    try:
        return await doing()
    except ConnectionCut as cut:
        raise ConnectionResetError(f"{about}: {cut}") from cut
    except FileRefused as refused:
        if refused.status is Status.NO_SUCH_FILE:
            raise FileNotFoundError(f"{about}: {refused.text}") from refused
        if refused.status is Status.PERMISSION_DENIED:
            raise PermissionError(f"{about}: {refused.text}") from refused
        raise OSError(f"{about}: {refused.text}") from refused
