"""Whatever two partners and the provider do in whatever order: disk and memory agree, and nothing half is handed on."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.simulators.channels.sftp.completion import By, Completion
from crossdock.simulators.channels.sftp.direct_client import DirectClient
from crossdock.simulators.channels.sftp.disk_storage import DiskStorage
from crossdock.simulators.channels.sftp.limits import Limits
from crossdock.simulators.channels.sftp.mailbox import Arrived, FileEvent
from crossdock.simulators.channels.sftp.memory_storage import MemoryStorage
from crossdock.simulators.channels.sftp.partner_mailbox import PartnerMailbox
from crossdock.simulators.channels.sftp.request import Attributes, Close, OpenFlags, SetStat, Write
from crossdock.simulators.channels.sftp.status import FileRefused
from crossdock.simulators.channels.sftp.storage import Storage
from crossdock.tests.simulators.sftp.place import Place

NAMES = ("a.csv", "b.csv", "a.tmp", "a.csv.done")
LIMITS = Limits(file_octets=40, quota_octets=90, files=6, handles=3)
FLAGS = (
    OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.TRUNCATE,
    OpenFlags.WRITE | OpenFlags.CREATE,
    OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE,
    OpenFlags.WRITE | OpenFlags.APPEND,
    OpenFlags.READ,
)

who = st.integers(0, 1)
name = st.sampled_from(NAMES)
which = st.integers(0, 1)
step = st.one_of(
    st.tuples(st.just("open"), who, name, st.sampled_from(FLAGS)),
    st.tuples(st.just("write"), who, which, st.integers(0, 30), st.binary(max_size=20)),
    st.tuples(st.just("close"), who, which),
    st.tuples(st.just("put"), who, name, st.binary(max_size=30)),
    st.tuples(st.just("rename"), who, name, name, st.booleans()),
    st.tuples(st.just("remove"), who, name),
    st.tuples(st.just("cut"), who, name, st.integers(0, 45)),
    st.tuples(st.just("leave"), who),
    st.tuples(st.just("take")),
    st.tuples(st.just("archive")),
    st.tuples(st.just("reject")),
    st.tuples(st.just("wait"), st.sampled_from((0.5, 3.0))),
)


@dataclass
class History:
    """One run of the steps against one storage, with everything that can be seen of it."""

    place: Place
    clients: list[DirectClient] = field(default_factory=list)
    seen: list[object] = field(default_factory=list)
    taken: list[Any] = field(default_factory=list)
    handles: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))

    async def play(self, steps: list[tuple[Any, ...]]) -> list[object]:
        self.place.mailbox.listen(self._heard)
        self.clients = [await self.place.log_in() for _ in range(2)]
        for what, *arguments in steps:
            try:
                await getattr(self, what)(*arguments)
                self.seen.append(what)
            except FileRefused as refused:
                self.seen.append((what, str(refused)))
            self._check_room()
        for client in self.clients:
            client.hang_up()
        self.place.depot.close()
        self._check_room()
        folders = ("inbound", "outbound", "archive", "error")
        files = {f"/{folder}/{each}" for folder in folders for each in self.place.lying_in(folder)}
        self.seen.append({path: (self.place.storage.find(path), self.place.content(path)) for path in files})
        self.seen.append([(each.kind, each.name, each.exchange, each.detail) for each in self.place.entries])
        assert self.place.world.errors == []
        return self.seen

    async def open(self, client: int, name: str, flags: OpenFlags) -> None:
        self.handles[client].append(await self.clients[client].open(f"/inbound/{name}", flags))

    async def write(self, client: int, which: int, offset: int, data: bytes) -> None:
        for handle in self.handles[client][which:][:1]:
            await self.clients[client].ask(Write(handle, offset, data))

    async def close(self, client: int, which: int) -> None:
        for handle in self.handles[client][which:][:1]:
            self.handles[client].remove(handle)
            await self.clients[client].ask(Close(handle))

    async def put(self, client: int, name: str, content: bytes) -> None:
        await self.clients[client].put(f"/inbound/{name}", content)

    async def rename(self, client: int, old: str, new: str, replace: bool) -> None:
        await self.clients[client].rename(f"/inbound/{old}", f"/inbound/{new}", replace=replace)

    async def remove(self, client: int, name: str) -> None:
        await self.clients[client].remove(f"/inbound/{name}")

    async def cut(self, client: int, name: str, octets: int) -> None:
        await self.clients[client].ask(SetStat(f"/inbound/{name}".encode(), Attributes(octets=octets)))

    async def leave(self, client: int) -> None:
        self.clients[client].hang_up()
        self.handles[client].clear()
        self.clients[client] = await self.place.log_in()

    async def take(self) -> None:
        for arrival in self.place.mailbox.incoming()[:1]:
            with self.place.mailbox.take(arrival) as stream:
                assert hashlib.sha256(stream.read()).hexdigest() == arrival.sha256
            self.taken.append(arrival)

    async def archive(self) -> None:
        for arrival in self.taken[:1]:
            self.place.mailbox.archive(arrival)
        del self.taken[:1]

    async def reject(self) -> None:
        for arrival in self.taken[:1]:
            self.place.mailbox.reject(arrival, "why")
        del self.taken[:1]

    async def wait(self, seconds: float) -> None:
        self.place.advance(seconds)

    def _heard(self, event: FileEvent) -> None:
        """What arrives is what lies there, whole, under a name that is not temporary."""
        self.seen.append(event)
        if isinstance(event, Arrived):
            arrival, found = event.arrival, self.place.storage.find(event.arrival.path)
            assert found is not None
            assert found.complete
            assert not arrival.name.endswith(".tmp")
            assert hashlib.sha256(self.place.content(arrival.path)).hexdigest() == arrival.sha256

    def _check_room(self) -> None:
        """The room that is counted is the room that is taken."""
        assert isinstance(self.place.mailbox, PartnerMailbox)
        storage, room = self.place.storage, self.place.mailbox.room
        found = [
            storage.find(f"/{folder}/{each}")
            for folder in ("inbound", "outbound", "archive", "error")
            for each in storage.names(f"/{folder}")
        ]
        assert room.files == len(found) <= LIMITS.files
        assert room.octets == sum(each.octets for each in found if each is not None) <= LIMITS.quota_octets


def played(storage: Storage, by: By, steps: list[tuple[Any, ...]]) -> list[object]:
    place = Place(storage=storage, limits=LIMITS, completion=Completion(by))
    return asyncio.run(History(place).play(steps))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(("close", "rename", "trigger")), st.lists(step, max_size=25))
def test_disk_and_memory_tell_the_same_and_nothing_half_is_handed_on(by: By, steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        on_disk = played(DiskStorage(Path(folder) / "mailbox"), by, steps)

    assert played(MemoryStorage(), by, steps) == on_disk
