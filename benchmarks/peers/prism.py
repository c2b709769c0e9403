"""Prism (https://github.com/stoplightio/prism): answers from an OpenAPI document, and validates requests by it.

Its server has no base path: it takes orders at /sales-orders.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from crossdock.benchmarks.peers.peer import Peer, contract


def settle(folder: Path, port: int) -> Sequence[str]:
    document = folder / "openapi.json"
    document.write_bytes(msgspec.json.encode(contract()))
    return ["mock", "--errors", "--verboseLevel", "silent", "--port", str(port), str(document)]


PRISM = Peer(
    name="Prism",
    package="@stoplight/prism-cli",
    program="prism",
    does="validates; answers with the contract's example",
    path="/sales-orders",
    settle=settle,
    goal=5,
)
