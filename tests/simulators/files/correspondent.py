"""A warehouse that exchanges files with one partner, without sockets, and the partner as the reference layer plays it:
what the one writes, the other reads with code of its own.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec

from crossdock.contracts.objects import CloudEvent, Fulfilment
from crossdock.examples.reference_layer.csv_paper import CsvPaper
from crossdock.examples.reference_layer.paper import Incoming, Outgoing, Paper, Verdict
from crossdock.examples.reference_layer.x12_paper import X12Paper
from crossdock.simulators.channels.files.channel import FileChannel
from crossdock.simulators.channels.files.interference import Whoever
from crossdock.simulators.channels.files.partner import FilePartner, attach, formats
from crossdock.simulators.channels.sftp.account import Account
from crossdock.simulators.channels.sftp.depot import Depot
from crossdock.simulators.channels.sftp.direct_client import DirectClient
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Channel, Committed, Entry, Sink
from crossdock.simulators.world import World
from crossdock.tests.simulators.warehouse.conftest import Warehouse

USER, PASSWORD = "layer", "s3cret"
REQUEST: dict[str, Any] = {
    "fulfilmentId": "FF-T1-000001",
    "revision": 1,
    "warehouseId": "west",
    "orderId": "CO-1",
    "salesOrderId": "SO-1",
    "customerReference": "PO-4711",
    "shipTo": {
        "name": "Ada Byrne",
        "company": "Sørensen Werkzeuge GmbH",
        "line1": "12 Canal Street",
        "line2": "Gate 2",
        "city": "Albany",
        "region": "NY",
        "postalCode": "12207",
        "country": "US",
        "phone": "+1 518 5550 101",
        "email": "ada@example.com",
    },
    "serviceLevel": "express",
    "requestedShipDate": "2026-03-03",
    "instructions": "Ring twice",
    "lines": [{"lineId": "1", "sku": "SKU-1", "quantity": {"value": "10", "uom": "EA"}}],
}


PAPERS: dict[str, Paper] = {
    "x12": X12Paper("west", "CROSSDOCK", "WEST"),
    "csv": CsvPaper("west", "CROSSDOCK", "WEST"),
}


class Correspondent:
    """`west` and its partner, in one format. The numbers of the partner's documents rise by one in each series."""

    def __init__(self, channel: str, sink: Sink | None = None) -> None:
        self.clock = ManualClock()
        self.world = World("test", self.clock, Ids("T1", 1), cast={"west": "warehouse"}, sink=sink)
        self.entries: list[Entry] = []
        self.world.journal.subscribe(self.entries.append)
        self.west = Warehouse(self.world, "west")
        self.west.receive("SKU-1", 100)
        self.depot = Depot(self.world, "west", interference=Whoever(lambda: self.world.mail_interference))
        mailbox = self.depot.add(Account(USER, password=PASSWORD))
        self.name: Channel = "x12" if channel == "x12" else "csv"
        form = formats[channel](FilePartner(USER, PASSWORD, "WEST", "CROSSDOCK"))
        self.channel = FileChannel(self.world, self.west.party, mailbox, form)
        attach(self.world, self.channel, USER)
        self.paper = PAPERS[channel]
        self.numbers: Counter[str] = Counter()
        self.events: list[CloudEvent] = []
        self.world.journal.subscribe(self._remember)

    def _remember(self, entry: Entry) -> None:
        if isinstance(entry.detail, Committed):
            self.events.extend(entry.detail.events)

    async def send(self, outgoing: Outgoing, **instead: str) -> None:
        """As the partner: put a document there. `instead` is text → other text in it."""
        self.numbers[outgoing.series] += 1
        name, content = outgoing.write(self.numbers[outgoing.series], self.clock.now())
        for text, other in instead.items():
            content = content.replace(text.encode(), other.encode())
        await self.put(name, content)

    async def put(self, name: str, content: bytes) -> None:
        async with await DirectClient.log_in(self.depot, USER, PASSWORD) as client:
            await client.put(f"/inbound/{name}.tmp", content)
            await client.rename(f"/inbound/{name}.tmp", f"/inbound/{name}")
        self.clock.advance(timedelta(seconds=5))  # the time for which a file stays where it was put
        await self.quiet()

    async def request(self, **fields: Any) -> None:
        await self.send(self.paper.request({**REQUEST, **fields}, "N"))

    async def pass_hours(self, hours: float) -> None:
        self.west.pass_hours(hours)
        await self.quiet()

    async def quiet(self) -> None:
        """Until everything that the warehouse had to say lies there."""
        for _ in range(10_000):
            if not self.world.outbox.pending():
                return
            await asyncio.sleep(0)
        raise AssertionError("the outbox is never empty")

    async def files(self) -> dict[str, bytes]:
        """What lies there for the partner."""
        async with await DirectClient.log_in(self.depot, USER, PASSWORD) as client:
            return {name: await client.get(f"/outbound/{name}") for name in sorted(await client.names("/outbound"))}

    async def read(self) -> list[Incoming]:
        """Everything, as the reference layer understands it."""
        return [self.paper.read(name, content) for name, content in (await self.files()).items()]

    async def told(self, event_type: str) -> list[dict[str, Any]]:
        """The data of the facts of a type, in the order of their files."""
        return [fact.data for incoming in await self.read() for fact in incoming.told if fact.type == event_type]

    async def verdicts(self) -> list[Verdict]:
        """What the warehouse made of each document, in the order of their files."""
        return [verdict for incoming in await self.read() for verdict in incoming.verdicts]

    def kept(self) -> list[Fulfilment]:
        """What the warehouse has accepted."""
        return list(self.west.party.state.table(Fulfilment).values())

    def announced(self, event_type: str) -> list[dict[str, Any]]:
        """The data of the events of a type, as an API would have told them."""
        return [msgspec.json.decode(event.data) for event in self.events if event.type == event_type]

    def operations(self) -> list[tuple[str, str]]:
        """(what became of it, operation) of each request that came in a file."""
        ends = ("ok", "fail", "info")
        mine = [entry for entry in self.entries if entry.channel == self.name and entry.kind in ends]
        return [(entry.kind, entry.name) for entry in mine if not entry.name.startswith("crossdock.")]
