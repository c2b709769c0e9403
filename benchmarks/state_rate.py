"""What it costs to keep a world: five-line orders a second of `crossdock simulate erp`, in memory and with a file.

Both are the command as a user starts it, with the same data; without a journal file, which the command does not write.
"""

from __future__ import annotations

import sys
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from crossdock.benchmarks.five_line_order import ADDRESS, CURRENCY, CUSTOMER, SKUS, UNIT_PRICE, requests
from crossdock.benchmarks.http_load import drive
from crossdock.benchmarks.machine import CLIENT_CORE, on_core
from crossdock.benchmarks.measure import Figure, Measured, main
from crossdock.benchmarks.order_rate import CONNECTIONS, Contestant, valid
from crossdock.benchmarks.server_process import ServerProcess

ROUNDS = 5
WARM_UP_S = 4.0
STOCK = 900_000_000
LIMIT = {"amount": "999999999.00", "currency": CURRENCY}
DATA = {
    "crossdock": 1,
    "customers": [
        {"customerNumber": CUSTOMER, "name": "Byrne", "currency": CURRENCY, "billTo": ADDRESS, "creditLimit": LIMIT}
    ],
    "items": [{"sku": sku, "description": sku, "prices": [UNIT_PRICE], "stock": {"east": STOCK}} for sku in SKUS],
}


def measure() -> Measured:
    """Raises: MeasureError when a server can't be started, or an answer is not 2xx."""
    with on_core(CLIENT_CORE), ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="crossdock-benchmark-")))
        state = folder / "state.sqlite"
        ways = {"in memory": (), "with a state file": ("--state", str(state))}
        contestants = [stack.enter_context(_started(name, folder, words)) for name, words in ways.items()]
        for each in contestants:
            valid(each.name, drive(each.port, each.next_request, connections=CONNECTIONS, seconds=WARM_UP_S))
        for _ in range(ROUNDS):
            for each in contestants:
                each.take_round()
        measured = Measured("state_rate", "taking a five-line order, one process on one core, kept or not")
        for each in contestants:
            measured.figures += [
                Figure(each.name, "orders", each.per_second, "1/s"),
                Figure(each.name, "processor time", each.cpu_us, "µs"),
            ]
        orders = sum(answered.count for answered in contestants[1].rounds)
        size = sum(path.stat().st_size for path in folder.glob("state.sqlite*"))
        measured.notes = [
            f"the state file and its log have {size / 1e6:.0f} MB after {orders:,} orders and the warm-up"
        ]
    return measured


@contextmanager
def _started(name: str, folder: Path, words: tuple[str, ...]) -> Iterator[Contestant]:
    data = folder / "data.json"
    data.write_bytes(msgspec.json.encode(DATA))
    command = [sys.executable, "-P", "-m", "crossdock.harness.cli", "simulate", "erp", "east", "--json"]
    command += ["--port", "0", "--data", str(data), *words]
    with ServerProcess(name, command, folder / f"{name}.log", piped=True) as server:
        told = msgspec.json.decode(server.line())["parties"]["erp"]
        port = int(told["url"].rpartition(":")[2])
        yield Contestant(name, server, port, requests("/v1/sales-orders", _token(told)))


def _token(told: dict[str, str]) -> str:
    client = b64encode(f"{told['clientId']}:{told['clientSecret']}".encode()).decode()
    asked = urllib.request.Request(
        f"{told['url']}/v1/oauth/token", b"grant_type=client_credentials", {"Authorization": f"Basic {client}"}
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return str(msgspec.json.decode(answer.read())["access_token"])


if __name__ == "__main__":
    main({"state_rate": measure}, sys.argv[1:])
