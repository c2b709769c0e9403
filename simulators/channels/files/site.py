"""A party that speaks in files, on a real SFTP server: what is opened for it, and what its partner is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ....contracts.registry import Registry
from ...ids import Ids
from ...party import Party
from ...world import World
from ..sftp.account import Account
from ..sftp.depot import Depot
from ..sftp.disk_storage import DiskStorage
from ..sftp.host_key import HostKey
from ..sftp.server import SftpServer
from .channel import FileChannel
from .format import FileFormat
from .transport import FileTransport

FORMATS_OF = f"{__package__}.formats"


@dataclass(frozen=True, slots=True)
class FilePartner:
    """Whom a party exchanges files with: the user that it logs in as, and what both are called in documents."""

    user: str
    password: str
    own_id: str
    partner_id: str


formats: Registry[Callable[[FilePartner], FileFormat]] = Registry("file format", FORMATS_OF)
"""Channel name (x12, csv) → how a format is made for a partner."""


class FileSite:
    """Implements `Site`. The files lie in `folder`, in memory without one."""

    def __init__(
        self,
        world: World,
        party: Party,
        partner: FilePartner,
        channel: str,
        *,
        port: int = 0,
        folder: Path | None = None,
        host_key: HostKey | None = None,
    ) -> None:
        self.partner = partner
        self._depot = Depot(world, party.name)
        account = Account(partner.user, password=partner.password)
        storage = DiskStorage(folder) if folder is not None else None
        mailbox = self._depot.add(account, storage)
        world.also_busy.append(self._depot.busy)
        self.server = SftpServer(self._depot, [host_key or HostKey.made(world.ids)], port)
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
        yield "CHANNEL", self.name
        yield "SFTP_HOST", str(found.hostname)
        yield "SFTP_PORT", str(found.port)
        yield "SFTP_USER", self.partner.user
        yield "SFTP_PASSWORD", self.partner.password
        keys = (f"[{found.hostname}]:{found.port} {key.public}" for key in self.server.host_keys)
        yield "SFTP_HOST_KEY", "\n".join(keys)
        yield "OWN_ID", self.partner.partner_id
        yield "PARTNER_ID", self.partner.own_id

    async def open(self) -> None:
        """Raises: OSError when the port is taken."""
        await self.server.open()

    def cut(self) -> None:
        self.server.cut()

    def reopen(self) -> None:
        self.server.reopen()

    async def close(self) -> None:
        await self.server.close()


def partner_of(ids: Ids, party: str, user: str = "", password: str = "") -> FilePartner:
    """A partner with fresh credentials where none are given."""
    return FilePartner(
        user=user or f"layer-{party}", password=password or ids.hex(16), own_id=party.upper(), partner_id="CROSSDOCK"
    )


def attach(world: World, channel: FileChannel, user: str) -> None:
    """Have the events of the channel's party put out as files."""
    form = channel.format
    transport = world.outbox.transports.get(form.channel)
    if not isinstance(transport, FileTransport):
        transport = world.outbox.transports[form.channel] = FileTransport(form.channel)
    transport.add(channel)
    url = f"file://{channel.party.name}"
    world.subscribe(channel.party.name, url, form.event_types, client=user, channel=form.channel)
