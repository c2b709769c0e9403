"""How long `crossdock contract check` takes over all documents that come with Crossdock, and over the largest alone.

Each check is a process of its own, through the wrapper, as a user starts it. Files are in the system's cache, and
Python has compiled its modules: the first check of all is not counted. Beside the time on the clock stands the
processor time, which a busy machine does not change much.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from crossdock.benchmarks.measure import Figure, Goal, Measured, MeasureError, main

ROOT = Path(__file__).resolve().parents[1]
GOAL_S = 1.0
CHECKS = 9
COMMAND = (str(ROOT / "crossdock"), "contract", "check", "--json")
LARGEST = "contracts/erp/v1/openapi.yaml"


def measure() -> Measured:
    """Raises: MeasureError when a check finds something."""
    measured = Measured("contract_check", "`crossdock contract check`, warm")
    for subject, arguments, goal in (
        ("all documents", (), Goal("below", GOAL_S)),
        ("the ERP's API alone", (LARGEST,), None),
    ):
        taken = [_check(arguments) for _ in range(CHECKS + 1)][1:]
        measured.figures += [
            Figure(subject, "on the clock", statistics.median(clock for clock, _ in taken), "s", goal),
            Figure(subject, "processor time", statistics.median(processor for _, processor in taken), "s"),
        ]
    documents = json.loads(subprocess.run(COMMAND, cwd=ROOT, check=False, stdout=subprocess.PIPE).stdout)["documents"]
    counts = (
        f"{sum(each.get(what, 0) for each in documents):,} {what}" for what in ("schemas", "examples", "references")
    )
    measured.notes = [
        f"{CHECKS} checks through the wrapper, after one that is not counted; medians",
        f"{len(documents)} documents, {', '.join(counts)}",
    ]
    return measured


def _check(arguments: tuple[str, ...]) -> tuple[float, float]:
    """Seconds on the clock, and of the processor."""
    compiling = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, began = os.times(), time.perf_counter()
    done = subprocess.run((*COMMAND, *arguments), cwd=ROOT, check=False, stdout=subprocess.DEVNULL, env=compiling)
    took, after = time.perf_counter() - began, os.times()
    if done.returncode:
        raise MeasureError(f"the check ended with {done.returncode}: run {' '.join(COMMAND)} to see why")
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return took, spent


if __name__ == "__main__":
    main({"contract_check": measure}, sys.argv[1:])
