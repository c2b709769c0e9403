"""WireMock (https://wiremock.org): a stub on Java. It does not validate. Its npm package brings the jar along."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from crossdock.benchmarks.peers.peer import Peer, written_answer


def settle(folder: Path, port: int) -> Sequence[str]:
    stub = {
        "request": {"method": "POST", "urlPath": "/v1/sales-orders"},
        "response": {
            "status": 201,
            "headers": {"Content-Type": "application/json"},
            "body": msgspec.json.encode(written_answer()).decode(),
        },
    }
    mappings = folder / "mappings"
    mappings.mkdir()
    (mappings / "create-sales-order.json").write_bytes(msgspec.json.encode(stub))
    quick = ["--no-request-journal", "--disable-banner", "--disable-gzip"]
    return ["--port", str(port), "--bind-address", "127.0.0.1", "--root-dir", str(folder), *quick]


WIREMOCK = Peer(
    name="WireMock",
    package="wiremock",
    program="build/wiremock-standalone-3.13.2.jar",
    does="matches method and path; answers with the contract's example",
    path="/v1/sales-orders",
    settle=settle,
)
