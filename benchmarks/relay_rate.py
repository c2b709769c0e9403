"""What it costs to have a relay, or the relay and the proxy, between a layer and a party while nothing is wrong.

The same client sends the same orders to the same simulator: directly, through the relay, and through relay and proxy.
Simulator and relay are one process on one core, as in a run; client and proxy have the other. In bulk, the relay alone
passes octets on between two sockets.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import msgspec

from crossdock.benchmarks.five_line_order import requests
from crossdock.benchmarks.http_load import drive
from crossdock.benchmarks.machine import CLIENT_CORE, can_pin, on_core
from crossdock.benchmarks.measure import Figure, Goal, Measured, main
from crossdock.benchmarks.order_rate import Contestant, valid
from crossdock.benchmarks.server_process import ServerProcess
from crossdock.benchmarks.wire_server import DIRECT, PROXY, RELAY
from crossdock.harness.cli.composition import run_loop
from crossdock.scenarios.wire.relay import HOST, Relay

ROUNDS = 5
WARM_UP_S = 2.0
GOAL_TIMES = 2.0
READY_GOAL_S = 2.5
BULK_OCTETS = 256 << 20
CHUNK = bytes(1 << 16)


def measure() -> Measured:
    """Raises: MeasureError when the server can't be started, or an answer is not 2xx."""
    measured = Measured("relay_rate", "what stands between a layer and a party, while nothing is wrong")
    with on_core(CLIENT_CORE), tempfile.TemporaryDirectory(prefix="crossdock-benchmark-") as folder:
        command = [sys.executable, "-P", "-m", "crossdock.benchmarks.wire_server", folder]
        with ServerProcess("wire_server", command, Path(folder) / "server.log", piped=True) as server:
            told = msgspec.json.decode(server.line())
            next_request = requests("/v1/sales-orders", told["token"])
            ways = [Contestant(way, server, port, next_request) for way, port in told["ports"].items()]
            for way in ways:
                valid(way.name, drive(way.port, next_request, seconds=WARM_UP_S))
            for _ in range(ROUNDS):
                for way in ways:
                    way.take_round()
    direct = ways[0]
    for way in ways:
        latency_ms = statistics.median(answered.latency_ms(0.5) for answered in way.rounds)
        measured.figures += [
            Figure(way.name, "orders", way.per_second, "1/s"),
            Figure(way.name, "half within", latency_ms, "ms"),
        ]
        if way is not direct:
            goal = Goal("below", GOAL_TIMES) if way.name == RELAY else None
            times = direct.per_second / way.per_second
            measured.figures.append(Figure(way.name, "slower than directly", times, "times", goal))
    measured.figures.append(Figure(PROXY, "ready after", told["proxyReadyS"], "s", Goal("below", READY_GOAL_S)))
    for name, relayed in ((DIRECT, False), (RELAY, True)):
        measured.figures.append(Figure(name, "in bulk", run_loop(lambda relayed=relayed: _bulk(relayed)), "MB/s"))
    measured.notes = _notes(ways)
    return measured


async def _bulk(relayed: bool) -> float:
    """Megabytes a second from one socket to another, sender, relay and receiver on one loop."""
    received = asyncio.Event()
    left = [BULK_OCTETS]

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while left[0] and (data := await reader.read(1 << 18)):
            left[0] -= len(data)
        received.set()
        writer.close()

    server = await asyncio.start_server(take, HOST, 0)
    port = server.sockets[0].getsockname()[1]
    relay = Relay(HOST, port, Random(1))
    await relay.open()
    _, writer = await asyncio.open_connection(HOST, relay.port if relayed else port)
    began = time.perf_counter()
    for _ in range(BULK_OCTETS // len(CHUNK)):
        writer.write(CHUNK)
        await writer.drain()
    await received.wait()
    took_s = time.perf_counter() - began
    writer.close()
    relay.close()
    server.close()
    return BULK_OCTETS / took_s / 1e6


def _notes(ways: list[Contestant]) -> list[str]:
    answers = sum(answered.count for way in ways for answered in way.rounds)
    notes = [
        f"{ROUNDS} rounds in turns, after {WARM_UP_S:g} s to warm up; medians; {answers:,} orders taken, all 2xx",
        f"{PROXY}: mitmproxy asks the harness about each request, so it shares its time with the client",
        f"in bulk: {BULK_OCTETS >> 20} MiB over one connection, sender, relay and receiver on one loop",
    ]
    if not can_pin():
        notes.append("server and client could not be given a core each: they took time from each other")
    return notes


if __name__ == "__main__":
    main({"relay_rate": measure}, sys.argv[1:])
