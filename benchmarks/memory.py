"""What one ERP simulator's memory does over 100,000 orders, and how much of it is state that it has to keep.

A simulator keeps its records; an idempotency key with its answer for 24 h; an event in the feed for as long as the
contract promises. All of that grows with the orders and is counted. What must not grow is everything else: requests
that leave nothing behind are sent by the thousand to see that they leave nothing behind.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from crossdock.benchmarks.five_line_order import requests
from crossdock.benchmarks.http_load import drive
from crossdock.benchmarks.measure import Figure, Measured, MeasureError, main
from crossdock.benchmarks.order_rate import CONNECTIONS, Contestant, started_erp

ORDERS = 100_000
STEP = 10_000
MEGABYTE = 1e6


def measure() -> Measured:
    """Raises: MeasureError when a request is answered otherwise than it should be."""
    measured = Measured("memory", f"one ERP simulator over {ORDERS:,} five-line orders")
    with tempfile.TemporaryDirectory(prefix="crossdock-benchmark-") as folder:
        with started_erp(Path(folder)) as erp:
            grown = _orders(measured, erp)
            _leave_nothing(measured, erp)
        with started_erp(Path(folder)) as erp:
            kept = _state_of_an_order(measured, erp)
    measured.figures.append(Figure("growth of the process", "for each of them", grown, "bytes"))
    measured.figures.append(Figure("growth that is no state", "for each of them", grown - kept, "bytes"))
    measured.notes = [
        "an order has five lines and is released at once: three records, two events, and a key that knows its answer",
        f"state is counted object by object in a second server, between {STEP:,} and {2 * STEP:,} orders",
        "what is no state: the allocator's slack and the tables' room to grow; the journal is a file",
    ]
    return measured


def _orders(measured: Measured, erp: Contestant) -> float:
    """Bytes that the process grows by with each order, from the first step on."""
    resident = [_after(measured, erp, "no orders", 0)]
    for orders in range(STEP, ORDERS + STEP, STEP):
        _send(erp, erp.next_request, STEP, 201)
        resident.append(_after(measured, erp, f"{orders:,} orders", STEP, before=resident[-1]))
    return (resident[-1] - resident[1]) / (ORDERS - STEP)


def _leave_nothing(measured: Measured, erp: Contestant) -> None:
    path, token = "/v1/sales-orders", erp.token
    again = requests(path, token)()
    look = f"GET {path}?limit=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    kinds: tuple[tuple[str, Callable[[], bytes], int], ...] = (
        ("repetitions of one order", lambda: again, 201),
        ("orders without a key, refused", requests(path, token, keyed=False), 400),
        ("orders with a bad token, refused", requests(path, "none"), 401),
        ("lists of one order", lambda: look, 200),
    )
    for name, next_request, status in kinds:
        before = erp.server.resident_bytes()
        _send(erp, next_request, STEP, status)
        _after(measured, erp, f"{STEP:,} {name}", STEP, before=before)


def _state_of_an_order(measured: Measured, erp: Contestant) -> float:
    """Bytes of state for each order, by what they are kept for."""
    _send(erp, erp.next_request, STEP, 201)
    first = _state_bytes(erp)
    _send(erp, erp.next_request, STEP, 201)
    kept = {name: (total - first[name]) / STEP for name, total in _state_bytes(erp).items()}
    measured.figures += [Figure(f"state: {name}", "for each of them", each, "bytes") for name, each in kept.items()]
    return sum(kept.values())


def _state_bytes(erp: Contestant) -> dict[str, int]:
    os.kill(erp.server.process.pid, signal.SIGUSR1)
    told: dict[str, int] = msgspec.json.decode(erp.server.line())
    return told


def _send(erp: Contestant, next_request: Callable[[], bytes], count: int, status: int) -> None:
    answered = drive(erp.port, next_request, connections=CONNECTIONS, requests=count)
    if answered.statuses != {status: count}:
        example = answered.example.decode("utf-8", "replace")[:1000]
        raise MeasureError(f"expected {count} answers {status}, got {dict(answered.statuses)}; one was\n{example}")


def _after(measured: Measured, erp: Contestant, what: str, count: int, before: int = 0) -> int:
    resident = erp.server.resident_bytes()
    measured.figures.append(Figure(f"after {what}", "resident", resident / MEGABYTE, "MB"))
    if count:
        measured.figures.append(Figure(f"after {what}", "for each of them", (resident - before) / count, "bytes"))
    return resident


if __name__ == "__main__":
    main({"memory": measure}, sys.argv[1:])
