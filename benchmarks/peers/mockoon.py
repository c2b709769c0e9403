"""Mockoon (https://mockoon.com): answers by route from an environment file. It does not validate.

The environment holds this one route with a written answer and no templating. Mockoon's own import of the whole OpenAPI
document makes a template for every answer and is several times slower.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from crossdock.benchmarks.peers.peer import Peer, written_answer

# The version of the file format; an older file is migrated at the start.
LAST_MIGRATION = 33


def settle(folder: Path, port: int) -> Sequence[str]:
    file = folder / "environment.json"
    file.write_bytes(msgspec.json.encode(_environment(port)))
    return ["start", "--disable-log-to-file", "--disable-admin-api", "--repair", "--data", str(file)]


def _environment(port: int) -> dict[str, Any]:
    route = _id("route")
    answer = {
        "uuid": _id("answer"),
        "statusCode": 201,
        "headers": [{"key": "Content-Type", "value": "application/json"}],
        "bodyType": "INLINE",
        "body": msgspec.json.encode(written_answer()).decode(),
        "disableTemplating": True,
        "default": True,
        "latency": 0,
        "rules": [],
        "rulesOperator": "OR",
        "callbacks": [],
    }
    return {
        "uuid": _id("environment"),
        "lastMigration": LAST_MIGRATION,
        "name": "erp",
        "hostname": "127.0.0.1",
        "port": port,
        "endpointPrefix": "v1",
        "latency": 0,
        "folders": [],
        "routes": [
            {
                "uuid": route,
                "type": "http",
                "method": "post",
                "endpoint": "sales-orders",
                "responses": [answer],
                "responseMode": None,
            }
        ],
        "rootChildren": [{"type": "route", "uuid": route}],
        "headers": [],
        "cors": False,
        "data": [],
        "callbacks": [],
    }


def _id(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://contracts.crossdock.example/benchmarks/{name}"))


MOCKOON = Peer(
    name="Mockoon",
    package="@mockoon/cli",
    program="mockoon-cli",
    does="answers with the contract's example; logs a line",
    path="/v1/sales-orders",
    settle=settle,
    goal=5,
)
