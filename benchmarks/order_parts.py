"""Where the time of taking an order goes: a stopwatch around each part of it, in process, without sockets.

A part's time is its own, without that of the parts within it. The stopwatches themselves take a tenth.
"""

from __future__ import annotations

import asyncio
import functools
import gc
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from crossdock.benchmarks.erp_server import SCOPES, seed
from crossdock.benchmarks.five_line_order import requests
from crossdock.benchmarks.measure import Figure, Measured, MeasureError, main
from crossdock.harness.cli.composition import run_loop
from crossdock.simulators import idempotency, journal, lineage, party, transaction
from crossdock.simulators.channels.http import answers, app, connection, exchange, record
from crossdock.simulators.clock import START, CompressedClock
from crossdock.simulators.erp import availability, order_entry, order_promise, order_valuation, release, sales_order
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import World

WARM_UP = 500
ORDERS = 3_000
MICROSECONDS = 1e6

PARTS: dict[str, tuple[tuple[Any, str], ...]] = {
    "HTTP: connection and parser": (
        (connection.HttpConnection, "data_received"),
        (connection, "octets"),
    ),
    "HTTP: token, parameters, key, answer": (
        (app.PartyApp, "respond"),
        (lineage.Lineage, "trace"),
        (idempotency.IdempotencyKeys, "begin"),
        (answers.Answers, "done"),
    ),
    "body: JSON": ((exchange, "decoded"),),
    "body: the contract's schema": ((app, "sound"),),
    "body: the rule's types": ((app, "typed"),),
    "rule: checks": ((order_entry, "check"),),
    "rule: valuation": ((order_valuation, "value"),),
    "rule: promise and reservation": ((availability, "promise"), (order_promise, "keep")),
    "rule: release": ((sales_order, "follow_promise"), (release, "announce")),
    "rule: the rest": (),
    "commit: journal": (
        (journal.Journal, "append"),
        (record.ExchangeRecord, "asked"),
        (record.ExchangeRecord, "answered"),
    ),
    "commit: events": ((party.Party, "_envelope"),),
    "commit: the order's JSON": ((party, "_encoded"),),
    "commit: records and indexes": ((transaction.State, "apply"),),
    "commit: the rest": ((party.Party, "carry_out"),),
}
RULE = "createSalesOrder"


class Stopwatch:
    """Own times of the parts, in seconds, one for each order."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = defaultdict(list)
        self._this: dict[str, float] = defaultdict(float)
        self._within = [0.0]

    def around(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            self._within.append(0.0)
            began = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                whole = time.perf_counter() - began
                self._this[part] += whole - self._within.pop()
                self._within[-1] += whole

        return timed

    def next_order(self) -> None:
        for part in PARTS:
            self.taken[part].append(self._this[part])
        self._this.clear()


class _Wire(asyncio.Transport):
    """Takes the answers of a connection and counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = 0

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if not bytes(data).startswith(b"HTTP/1.1 201 "):
            raise MeasureError(f"an order was answered with {bytes(data)[:200]!r}")
        self.answers += 1

    def is_closing(self) -> bool:
        return False


def measure() -> Measured:
    """Raises: MeasureError when an order is not taken."""
    watch = Stopwatch()
    with tempfile.NamedTemporaryFile("wb", buffering=1 << 18) as sink:
        run_loop(lambda: _take_orders(watch, sink))
    measured = Measured("order_parts", "where the time of a five-line order goes, without sockets")
    medians = {part: statistics.median(taken[WARM_UP:]) * MICROSECONDS for part, taken in watch.taken.items()}
    measured.figures = [Figure(part, "own time", each, "µs") for part, each in medians.items()]
    measured.figures.append(Figure("all", "own time", sum(medians.values()), "µs"))
    measured.notes = [f"medians of {ORDERS:,} orders, after {WARM_UP}; the garbage collector is off meanwhile"]
    return measured


async def _take_orders(watch: Stopwatch, sink: Any) -> None:
    loop = asyncio.get_running_loop()
    world = World(
        "benchmark",
        CompressedClock(loop, datetime.fromisoformat(START)),
        Ids("BNCH", 1),
        cast={"erp": "erp"},
        sink=sink,
    )
    erp = world.parties["erp"]
    seed(erp)
    world.register_client("erp", "layer", "secret", SCOPES)
    token = erp.access.issue("layer", "secret", frozenset(), world.clock.wire())
    for part, places in PARTS.items():
        for holder, name in places:
            setattr(holder, name, watch.around(part, getattr(holder, name)))
    rule, body_type = erp.rules.operations[RULE]
    erp.rules.operations[RULE] = (watch.around("rule: the rest", rule), body_type)
    wire = _Wire()
    line = connection.HttpConnection(app.PartyApp(world, erp), set(), set())
    line.connection_made(wire)
    next_request = requests("/v1/sales-orders", token.value)
    gc.disable()
    for _ in range(WARM_UP + ORDERS):
        line.data_received(next_request())
        watch.next_order()
    if wire.answers != WARM_UP + ORDERS:
        raise MeasureError(f"{wire.answers} of {WARM_UP + ORDERS} orders were answered; {world.errors[:1]}")
    await world.close()


if __name__ == "__main__":
    main({"order_parts": measure}, sys.argv[1:])
