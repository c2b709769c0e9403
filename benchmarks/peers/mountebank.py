"""Mountebank (https://github.com/mountebank-testing/mountebank): an http imposter. It does not validate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from crossdock.benchmarks.peers.peer import Peer, written_answer
from crossdock.benchmarks.server_process import free_port


def settle(folder: Path, port: int) -> Sequence[str]:
    # By itself it closes the connection after each answer; the others are measured with connections that are kept.
    headers = {"Content-Type": "application/json", "Connection": "keep-alive"}
    stub = {
        "predicates": [{"equals": {"method": "POST", "path": "/v1/sales-orders"}}],
        "responses": [{"is": {"statusCode": 201, "headers": headers, "body": written_answer()}}],
    }
    imposters = folder / "imposters.json"
    imposters.write_bytes(msgspec.json.encode({"imposters": [{"port": port, "protocol": "http", "stubs": [stub]}]}))
    quiet = ["--nologfile", "--loglevel", "error", "--localOnly", "--pidfile", str(folder / "mountebank.pid")]
    return ["start", *quiet, "--port", str(free_port()), "--configfile", str(imposters)]


MOUNTEBANK = Peer(
    name="Mountebank",
    package="@mbtest/mountebank",
    program="mb",
    does="matches method and path; answers with the contract's example",
    path="/v1/sales-orders",
    settle=settle,
    goal=2,
)
