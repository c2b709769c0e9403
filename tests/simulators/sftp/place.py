"""A provider with one mailbox in a world whose clock moves only when told, and partners that log in to it directly."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from crossdock.simulators.channels.sftp.account import Account
from crossdock.simulators.channels.sftp.completion import Completion
from crossdock.simulators.channels.sftp.depot import Depot
from crossdock.simulators.channels.sftp.direct_client import DirectClient
from crossdock.simulators.channels.sftp.layout import Layout
from crossdock.simulators.channels.sftp.limits import Limits
from crossdock.simulators.channels.sftp.mailbox import Arrival, Arrived, FileEvent, Mailbox
from crossdock.simulators.channels.sftp.memory_storage import MemoryStorage
from crossdock.simulators.channels.sftp.request import NameReply, Reply
from crossdock.simulators.channels.sftp.storage import Storage
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Entry
from crossdock.simulators.world import World

USER, PASSWORD = "layer", "s3cret"


@dataclass
class Place:
    """The depot of the warehouse `west`, everything that it tells, and what its journal has."""

    storage: Storage = field(default_factory=MemoryStorage)
    limits: Limits = field(default_factory=Limits)
    layout: Layout = field(default_factory=Layout)
    completion: Completion = field(default_factory=Completion)
    world: World = field(init=False)
    clock: ManualClock = field(init=False, default_factory=ManualClock)
    depot: Depot = field(init=False)
    mailbox: Mailbox = field(init=False)
    entries: list[Entry] = field(init=False, default_factory=list)
    events: list[FileEvent] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.world = World("test", self.clock, Ids("T1", 1), cast={"west": "warehouse"})
        self.world.journal.subscribe(self.entries.append)
        self.depot = Depot(self.world, "west", layout=self.layout, limits=self.limits, completion=self.completion)
        self.mailbox = self.depot.add(Account(USER, password=PASSWORD), self.storage)
        self.mailbox.listen(self.events.append)

    async def log_in(self, user: str = USER, password: str = PASSWORD) -> DirectClient:
        return await DirectClient.log_in(self.depot, user, password)

    async def put(self, path: str, content: bytes = b"x") -> None:
        """Upload in a session of its own."""
        async with await self.log_in() as client:
            await client.put(path, content)

    def arrivals(self) -> list[Arrival]:
        """All that ever arrived, in order."""
        return [event.arrival for event in self.events if isinstance(event, Arrived)]

    def waiting(self) -> list[str]:
        """The names of what can be taken."""
        return [arrival.name for arrival in self.mailbox.incoming()]

    def take(self) -> bytes:
        """Take what waits longest."""
        with self.mailbox.take(self.mailbox.incoming()[0]) as stream:
            return stream.read()

    def archive_all(self) -> None:
        """Take and archive whatever waits."""
        for arrival in self.mailbox.incoming():
            self.mailbox.take(arrival).close()
            self.mailbox.archive(arrival)

    def lying_in(self, folder: str) -> list[str]:
        return self.storage.names(f"/{folder}")

    def content(self, path: str) -> bytes:
        with self.storage.reader(path) as stream:
            return stream.read()

    def journal(self, name: str, *kinds: str) -> list[Entry]:
        return [
            entry
            for entry in self.entries
            if entry.channel == "sftp" and entry.name == name and (not kinds or entry.kind in kinds)
        ]

    def outline(self, name: str) -> list[str]:
        """The kinds of the entries of that name, in order."""
        return [entry.kind for entry in self.journal(name)]

    def last(self, name: str) -> Any:
        """The detail of the newest entry of that name."""
        return self.journal(name)[-1].detail

    def advance(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))


def names_in(reply: Reply) -> list[str]:
    """The names that a reply tells."""
    assert isinstance(reply, NameReply)
    return [name for name, _ in reply.names]
