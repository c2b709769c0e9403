"""What the parties' busiest operations take, one by one: processor time of a request without its socket.

Each request is handed to its party as it was read from a connection, and what comes back is what would be sent:
validated, authenticated, carried out, kept, and journaled to a file. The last row is the delivery of an event, up to
the client that would post it.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from crossdock.benchmarks.erp_server import seed as seed_erp
from crossdock.benchmarks.five_line_order import ADDRESS, CURRENCY, CUSTOMER, SKUS, UNIT_PRICE, document
from crossdock.benchmarks.measure import Figure, Measured, MeasureError, main
from crossdock.harness.cli.composition import run_loop
from crossdock.scenarios.people import ask
from crossdock.simulators.channels.http.app import PartyApp
from crossdock.simulators.channels.http.exchange import Answer, Request, octets
from crossdock.simulators.clock import CompressedClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.party import Cause
from crossdock.simulators.warehouse import settings as warehouse_settings
from crossdock.simulators.webhook import Webhooks
from crossdock.simulators.world import World

CAST = {"crm": "crm", "erp": "erp", "east": "warehouse"}
WARM_UP = 500
ROUND = 250
ROUNDS = 12
# Business time goes as slowly as the wall's, so that no warehouse begins to pick while it is measured.
REAL_TIME = 1.0
PLENTY = "999999990"
MICROSECONDS = 1e6


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a row of the table: `body` makes the document of the nth."""

    name: str
    party: str
    method: str
    path: str
    body: Callable[[int], Mapping[str, Any]] | None = None


def _crm_order(number: int) -> dict[str, Any]:
    order = document(f"ORD-{number}")
    lines = [{name: line[name] for name in ("lineId", "sku", "quantity", "unitPrice")} for line in order["lines"]]
    kept = ("customerReference", "currency", "shipTo", "billTo", "serviceLevel", "partialPolicy", "freight")
    return {"accountId": "ACC-BNCH-000001", **{name: order[name] for name in kept}, "lines": lines}


def fulfilment_request(number: int) -> dict[str, Any]:
    """The nth, with five lines."""
    return {
        "fulfilmentId": f"FF-BNCH-{number:06d}",
        "revision": 1,
        "warehouseId": "east",
        "orderId": f"ORD-{number}",
        "salesOrderId": f"SO-{number}",
        "shipTo": ADDRESS,
        "serviceLevel": "standard",
        "lines": [
            {"lineId": str(line), "sku": sku, "quantity": {"value": "10", "uom": "EA"}}
            for line, sku in enumerate(SKUS, 1)
        ],
    }


def case(number: int) -> dict[str, Any]:
    """The nth."""
    return {"category": "integrationError", "subject": f"message {number} cannot be processed"}


ASKED = (
    Asked("ERP createSalesOrder", "erp", "POST", "/v1/sales-orders", lambda number: document(f"ORD-{number}")),
    Asked("CRM createOrder", "crm", "POST", "/v1/orders", _crm_order),
    Asked("warehouse createFulfilmentRequest", "east", "POST", "/v1/fulfilment-requests", fulfilment_request),
    Asked("CRM createCase", "crm", "POST", "/v1/cases", case),
    Asked("ERP getSalesOrder", "erp", "GET", "/v1/sales-orders/SO-BNCH-000001"),
    Asked("ERP listSalesOrders, 50", "erp", "GET", "/v1/sales-orders"),
    Asked("CRM listEvents, 50", "crm", "GET", "/v1/events"),
)


def measure() -> Measured:
    """Raises: MeasureError when an answer is not 2xx."""
    measured = Measured("operation_cost", "processor time of a request without its socket")
    with tempfile.NamedTemporaryFile("wb", buffering=1 << 18) as sink:
        for name, microseconds in run_loop(lambda: _costs(sink)).items():
            measured.figures.append(Figure(name, "median", statistics.median(microseconds), "µs"))
            measured.figures.append(Figure(name, "fastest round", microseconds[0], "µs"))
    measured.notes = [
        f"{ROUNDS} rounds of {ROUND} requests each, after {WARM_UP} to warm up; orders and requests have five lines",
        "journaled to a file; the socket would add some 15 µs",
    ]
    return measured


async def _costs(sink: Any) -> dict[str, list[float]]:
    loop = asyncio.get_running_loop()
    clock = CompressedClock(loop, datetime(2026, 3, 2, 8, tzinfo=UTC), REAL_TIME)
    world = World("benchmark", clock, Ids("BNCH", 1), cast=CAST, sink=sink)
    seed(world)
    costs = {asked.name: sorted(_rounds(world, asked)) for asked in ASKED}
    costs["delivery of an event"] = sorted([each async for each in _deliveries(world)])
    await world.close()
    if world.errors:
        raise MeasureError(f"the simulators failed {len(world.errors)} times, first: {world.errors[0]}")
    return costs


def seed(world: World) -> None:
    """What every operation here finds: an account, a customer, items, stock, and a warehouse with room."""
    seed_erp(world.parties["erp"])
    crm, east = world.parties["crm"], world.parties["east"]
    account = {"customerNumber": CUSTOMER, "name": "B", "currency": CURRENCY, "billTo": ADDRESS, "shipTos": [ADDRESS]}
    ask(crm, "createAccount", account)
    own = east.state.table(warehouse_settings.WarehouseSettings)[warehouse_settings.KEY]
    roomy = msgspec.structs.replace(own, daily_capacity=1_000_000)
    east.write("settings", {warehouse_settings.KEY: roomy})
    for sku in SKUS:
        item = {
            "sku": sku,
            "description": sku,
            "baseUom": "EA",
            "prices": [UNIT_PRICE],
            "taxCategory": "standard",
        }
        ask(east, "receiveGoods", {"sku": sku, "quantity": {"value": PLENTY, "uom": "EA"}, "item": item})


def _rounds(world: World, asked: Asked) -> Iterator[float]:
    """Microseconds of processor time for a request, round by round."""
    party = world.parties[asked.party]
    app = PartyApp(world, party)
    scopes = (f"{party.kind}.read", f"{party.kind}.write", f"{party.kind}.people", "events.read")
    world.register_client(asked.party, "layer", "secret", scopes)
    token = party.access.issue("layer", "secret", frozenset(), world.clock.wire()).value.encode()
    headers = {b"authorization": b"Bearer " + token, b"content-type": b"application/json"}
    numbers = itertools.count(1)

    def requests(count: int) -> list[tuple[dict[bytes, bytes], bytes]]:
        made = []
        for number in itertools.islice(numbers, count):
            key = {} if asked.body is None else {b"idempotency-key": b"key-%d" % number}
            body = b"" if asked.body is None else msgspec.json.encode(asked.body(number))
            made.append(({**headers, **key}, body))
        return made

    for size in (WARM_UP, *[ROUND] * ROUNDS):
        sent = requests(size)
        began = time.process_time()
        for each, body in sent:
            request = Request(asked.method, asked.path, b"", each, body)
            answer = app.respond(request)
            if not isinstance(answer, Answer) or answer.status >= 300:
                raise MeasureError(f"{asked.name} was answered with {answer}")
            octets(answer, request)
        if size == ROUND:
            yield (time.process_time() - began) / size * MICROSECONDS


async def _deliveries(world: World) -> Any:
    erp = world.parties["erp"]
    left = 0
    all_heard = asyncio.Event()

    async def post(url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, float | None]:
        nonlocal left
        left -= 1
        if not left:
            all_heard.set()
        return 204, None

    webhooks = Webhooks(world.clock, post)
    world.outbox.transports[webhooks.channel] = webhooks
    world.subscribe("erp", "http://127.0.0.1:9/", client="layer")
    event = erp.feed.page(None, 1).items[0]
    for size in (WARM_UP, *[ROUND] * ROUNDS):
        left, began = size, time.process_time()
        all_heard.clear()
        for _ in range(size):
            world.outbox.announce(erp, event, Cause("http"))
        await all_heard.wait()
        if size == ROUND:
            yield (time.process_time() - began) / size * MICROSECONDS


if __name__ == "__main__":
    main({"operation_cost": measure}, sys.argv[1:])
