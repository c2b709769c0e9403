"""How many five-line orders a second a mock of the ERP's OpenAPI document takes on one core, and how many its peers.

Like for like: `crossdock simulate --from-contract` knows nothing of an ERP here, as Prism and Mockoon do not. It holds
each order to the document and keeps it; Prism does the former, Mockoon neither.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from crossdock.benchmarks.five_line_order import requests
from crossdock.benchmarks.measure import Measured, main
from crossdock.benchmarks.order_rate import Contestant, contest
from crossdock.benchmarks.peers import MOCKOON, PRISM
from crossdock.benchmarks.peers.peer import contract
from crossdock.benchmarks.server_process import ServerProcess, free_port


def measure() -> Measured:
    """Raises: MeasureError when a server can't be started, or an answer is not 2xx."""
    measured = Measured("mock_rate", "taking a five-line order by an OpenAPI document alone, one process on one core")
    return contest(
        measured, _started_mock, "Crossdock: validates; keeps the order and answers with it", (PRISM, MOCKOON), None
    )


@contextmanager
def _started_mock(folder: Path) -> Iterator[Contestant]:
    document = folder / "openapi.json"
    document.write_bytes(msgspec.json.encode(contract()))
    port = free_port()
    command = [sys.executable, "-P", "-m", "crossdock.harness.cli", "simulate", "--port", str(port)]
    command += ["--from-contract", str(document)]
    with ServerProcess("Crossdock", command, folder / "crossdock.log") as server:
        server.wait_for_port(port)
        yield Contestant("Crossdock", server, port, requests("/v1/sales-orders", "any"))


if __name__ == "__main__":
    main({"mock_rate": measure}, sys.argv[1:])
