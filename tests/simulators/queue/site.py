"""A world on a real broker whose clock moves only when told, and a layer that reads and writes by our interface."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from crossdock.contracts.identifiers import Sku
from crossdock.contracts.objects import Quantity
from crossdock.contracts.openapi import api
from crossdock.contracts.queues import Queue
from crossdock.simulators.channels.queue.broker import Broker, Consumer, Delivery, broker_at
from crossdock.simulators.channels.queue.cloud_event import Mode
from crossdock.simulators.channels.queue.host import QueueHost
from crossdock.simulators.channels.queue.message import Message
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.interference import Message as Interfered
from crossdock.simulators.interference import NoInterference, RequestEffect, Sending, Sendings
from crossdock.simulators.journal import Entry
from crossdock.simulators.party import Cause
from crossdock.simulators.rules import Call
from crossdock.simulators.warehouse import GoodsReceipt, StockedItem
from crossdock.simulators.warehouse.pick_ticket import PickTicket
from crossdock.simulators.world import World
from crossdock.tests.simulators.queue.bench import DEADLINE_S, one

CAST = {"crm": "crm", "east": "warehouse"}
CASE_CHANGED = "crossdock.case.changed.v1"
REQUEST = "createFulfilmentRequest"
SHIP_TO = {
    "name": "Ada Byrne",
    "line1": "12 Canal Street",
    "city": "Albany",
    "region": "NY",
    "postalCode": "12207",
    "country": "US",
}


def request_body(fulfilment_id: str = "FF-1", *, value: str = "6", revision: int = 1, **fields: Any) -> dict[str, Any]:
    """What the warehouse is asked to ship."""
    body = {
        "fulfilmentId": fulfilment_id,
        "revision": revision,
        "warehouseId": "east",
        "orderId": "CO-1",
        "salesOrderId": "SO-1",
        "shipTo": SHIP_TO,
        "serviceLevel": "standard",
        "lines": [{"lineId": "1", "sku": "SKU-1", "quantity": {"value": value, "uom": "EA"}}],
    }
    return body | fields


def problem(reply: Message) -> Any:
    """The problem document of a reply, held to the contract."""
    document = msgspec.json.decode(reply.body)
    assert reply.content_type == "application/problem+json"
    assert str(document["status"]) == reply.headers["status"]
    schema = api("warehouse").operations[REQUEST].responses.get(str(document["status"]))
    assert schema is None or schema.errors(document) == []
    return document


class Interfering(NoInterference):
    """Strikes the first messages with what it was told to, one after the other, and leaves the rest alone."""

    def __init__(
        self,
        *,
        before: list[RequestEffect | None] | None = None,
        committed: list[RequestEffect | None] | None = None,
        deliver: list[tuple[Sending, ...] | None] | None = None,
    ) -> None:
        self._before = before or []
        self._committed = committed or []
        self._deliver = deliver or []
        self.asked: list[Interfered] = []
        self.requests: list[Interfered] = []

    def before(self, message: Interfered) -> RequestEffect | None:
        self.requests.append(message)
        return self._before.pop(0) if self._before else None

    def committed(self, message: Interfered, status: int) -> RequestEffect | None:
        return self._committed.pop(0) if self._committed else None

    def deliver(self, message: Interfered) -> Sendings | None:
        self.asked.append(message)
        sendings = self._deliver.pop(0) if self._deliver else None
        return None if sendings is None else Sendings("the-fault", sendings)


@dataclass
class Site:
    """The world, its queue host, and the layer's own connection to the broker."""

    world: World
    host: QueueHost
    clock: ManualClock
    layer: Broker
    entries: list[Entry]
    readers: dict[str, Consumer] = field(default_factory=dict)
    _numbers: int = 0

    # -- what people do

    def open_case(self, subject: str = "a message cannot be processed") -> str:
        """The CRM's people open a case, which the CRM tells; its id."""
        _, body_type = self.world.parties["crm"].rules.operations["createCase"]
        body = msgspec.convert({"category": "integrationError", "subject": subject}, body_type)
        case: Any = self.world.parties["crm"].perform("createCase", Call(body), Cause("people"))
        return str(case.case_id)

    def note_case(self, case_id: str, priority: str) -> None:
        """They change it, which the CRM tells too."""
        _, body_type = self.world.parties["crm"].rules.operations["updateCase"]
        body = msgspec.convert({"priority": priority}, body_type)
        self.world.parties["crm"].perform("updateCase", Call(body, {"caseId": case_id}), Cause("people"))

    def stock(self, value: int = 1000) -> None:
        goods = GoodsReceipt(sku=Sku("SKU-1"), quantity=Quantity.of(value, "EA"), item=StockedItem(sku=Sku("SKU-1")))
        self.world.parties["east"].perform("receiveGoods", Call(goods), Cause("people"))

    # -- what the layer does

    async def ask(
        self,
        body: Any = None,
        *,
        id: str | None = None,
        raw: bytes | None = None,
        key: str = "",
        content_type: str = "application/json",
        correlation_id: str = "",
        headers: Mapping[str, str] | None = None,
        operation: str = REQUEST,
    ) -> str:
        """Send a request to the warehouse; its message id, one of its own when none is given."""
        self._numbers += 1
        message_id = f"REQ-{self._numbers}" if id is None else id
        octets = raw if raw is not None else msgspec.json.encode(request_body() if body is None else body)
        named = {"operation": operation, **(headers or {})} if operation else headers or {}
        await self.layer.publish(self.requests, Message(octets, message_id, key, content_type, correlation_id, named))
        return message_id

    async def reply(self) -> Message:
        """The next reply, acknowledged."""
        return await self.read(self.replies)

    async def read(self, queue: Queue) -> Message:
        delivery = await self.take(queue)
        await delivery.ack()
        return delivery.message

    async def take(self, queue: Queue) -> Delivery:
        """The next message of a queue, in the layer's hands."""
        if queue.name not in self.readers:
            self.readers[queue.name] = await self.layer.consume(queue, 10)
        return await one(self.readers[queue.name])

    @property
    def events(self) -> Queue:
        return self.host.events.queues["crm"]

    @property
    def requests(self) -> Queue:
        return self.host.requests["east"][0].commands.requests

    @property
    def replies(self) -> Queue:
        return self.host.requests["east"][0].commands.replies

    @property
    def dead_letters(self) -> Queue:
        found = self.requests.dead_letters
        assert found is not None
        return found

    # -- what there is to see

    def journal(self, name: str = "", *kinds: str) -> list[Entry]:
        """What came and went by queues."""
        return [
            entry
            for entry in self.entries
            if entry.channel == "queue" and name in ("", entry.name) and (not kinds or entry.kind in kinds)
        ]

    def kinds(self, name: str = "") -> list[str]:
        return [entry.kind for entry in self.journal(name)]

    def fulfilments(self) -> list[str]:
        """What the warehouse has taken, each time that it took it."""
        return [ticket.fulfilment_id for ticket in self.world.parties["east"].state.table(PickTicket).values()]

    async def advance(self, seconds: float, step_s: float = 0.1) -> None:
        """Let time pass, in steps, with whatever comes of it."""
        for _ in range(max(1, round(seconds / step_s))):
            self.clock.advance(timedelta(seconds=step_s))
            await asyncio.sleep(0)

    async def until(self, condition: Callable[[], Any], what: str, *, passing_s: float = 0.0) -> None:
        """Wait for a condition, at most DEADLINE_S; the world's clock moves on by `passing_s` at each look."""
        deadline = asyncio.get_running_loop().time() + DEADLINE_S
        while not condition():
            assert asyncio.get_running_loop().time() < deadline, f"waited {DEADLINE_S:g} s in vain until {what}"
            if passing_s:
                self.clock.advance(timedelta(seconds=passing_s))
            await asyncio.sleep(0.005)


@asynccontextmanager
async def open_site(url: str, mark: str, *, mode: Mode = "structured", subscribed: bool = True) -> AsyncIterator[Site]:
    """Open a world on a broker; when it is closed, nothing may have gone wrong in it."""
    clock = ManualClock(datetime(2026, 3, 2, 8, tzinfo=UTC))
    world = World("test", clock, Ids(mark, 1), cast=CAST)
    entries: list[Entry] = []
    world.journal.subscribe(entries.append)
    async with QueueHost(world, url, mode=mode) as host:
        if subscribed:
            await host.subscribe("crm")
        layer = broker_at(host.url)
        await layer.connect()
        site = Site(world, host, clock, layer, entries)
        site.stock()
        yield site
        for reader in site.readers.values():
            await reader.close()
        await layer.close()
    await world.close()
    assert world.errors == [], "the simulators made mistakes"
