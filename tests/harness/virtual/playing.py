"""Runs in virtual time for tests, in this process."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import msgspec

from crossdock.contracts.result import Result
from crossdock.harness import run as running
from crossdock.harness.cli.composition import mark_of
from crossdock.harness.cli.selection import choose
from crossdock.harness.run_order import RunOrder
from crossdock.harness.target import load
from crossdock.simulators.virtual import loop

EXAMPLES = Path(__file__).parents[3] / "examples"
REFERENCE = EXAMPLES / "reference_layer" / "target.yaml"
TARGET = """\
crossdock: 1
name: small layer
start: {app: "small_layer:make"}
events: {webhooks: "http://127.0.0.1:${PORT}/webhooks/{party}", subscribe: harness}
warehouses: {east: rest, west: rest}
capabilities: [order-to-cash]
deadlines: {settle_within_s: 2, quiet_for_s: 0.1}
"""


def play(target: Path, folder: Path, *scenarios: str, seed: int = 1) -> Result:
    """Run scenarios in virtual time; what is left of the run is in `folder`."""
    order = RunOrder(
        target=load(target),
        plan=msgspec.structs.replace(running.plan_for(choose(scenarios), seed, mark_of(seed)), virtual=True),
        folder=folder,
        command="crossdock run",
        started_at=datetime(2026, 3, 2, tzinfo=UTC),
        version="0",
        python=sys.executable,
    )
    return loop.run(lambda: running.run(order))


def small_layer(folder: Path, code: str) -> Path:
    """A target.yaml of a layer whose whole code is given."""
    (folder / "small_layer.py").write_text(dedent(code), encoding="utf-8")
    target = folder / "target.yaml"
    target.write_text(TARGET, encoding="utf-8")
    return target
