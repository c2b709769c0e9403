"""A party that speaks in files, on a real SFTP server: what is opened for it, and what its partner is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from ...party import Party
from ...world import World
from ..sftp.account import Account
from ..sftp.depot import Depot
from ..sftp.disk_storage import DiskStorage
from ..sftp.host_key import HostKey
from ..sftp.memory_storage import MemoryStorage
from ..sftp.server import SftpServer
from ..sftp.storage import Storage
from .channel import FileChannel
from .interference import Whoever
from .partner import FilePartner, attach, formats, told_of


class FileSite:
    """Implements `Site`. The files lie in `storage`, or in `folder`, in memory without either."""

    def __init__(
        self,
        world: World,
        party: Party,
        partner: FilePartner,
        channel: str,
        *,
        port: int = 0,
        folder: Path | None = None,
        storage: Storage | None = None,
        host_key: HostKey | None = None,
    ) -> None:
        self.partner = partner
        self._depot = Depot(world, party.name, interference=Whoever(lambda: world.mail_interference))
        account = Account(partner.user, password=partner.password, keys=partner.keys)
        if storage is None:
            storage = DiskStorage(folder) if folder is not None else MemoryStorage(self._depot.provider.mtime())
        self.storage = storage
        world.secrets.learn(partner.password, "password", party.name, user=partner.user)
        mailbox = self._depot.add(account, storage)
        world.also_busy.append(self._depot.busy)
        self._down = False
        self._host_key, self._ids = host_key or HostKey.made(world.ids), world.ids
        self.server = SftpServer(self._depot, [self._host_key], port)
        self.channel = FileChannel(world, party, mailbox, formats[channel](partner))
        self.name = channel
        attach(world, self.channel, partner.user)

    @property
    def url(self) -> str:
        return self.server.url

    def told(self, address: str) -> Iterator[tuple[str, str]]:
        """What a partner must know, as the last part of an environment variable's name, and its value. `address` is
        where the partner is to find it: its own, or that of what stands in front of it.
        """
        found = urlsplit(address)
        yield from told_of(self.partner, self.name, str(found.hostname), found.port or 0)
        keys = (f"[{found.hostname}]:{found.port} {key.public}" for key in self.server.host_keys)
        yield "SFTP_HOST_KEY", "\n".join(keys)

    async def open(self) -> None:
        """Raises: OSError when the port is taken."""
        self.channel.begin()
        await self.server.open()

    def cut(self) -> None:
        self._down = True
        self.server.cut()

    def reopen(self) -> None:
        self._down = False
        self.server.reopen()

    def show_host_key(self, *, own: bool) -> None:
        """Drop everybody, and prove itself by its own key from now on, or by one that nobody knows."""
        self.server.present([self._host_key if own else self._host_key.strange(self._ids)])
        if not self._down:
            self.server.cut()
            self.server.reopen()

    async def close(self) -> None:
        await self.server.close()
