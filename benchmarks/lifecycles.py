"""How many orders a second go their whole way in virtual time, from quote or order to delivery and bill, with journal,
invariants and the layer's database in memory; whether more of them cost more each; and where the time goes.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec

from crossdock.benchmarks.measure import Figure, Goal, Measured, MeasureError, main
from crossdock.harness.cli.composition import mark_of, spare_the_collector
from crossdock.harness.cli.selection import choose
from crossdock.harness.run import plan_for, run
from crossdock.harness.run_order import RunOrder
from crossdock.harness.target import load
from crossdock.scenarios.plan import Plan
from crossdock.simulators.virtual import loop

TARGET = Path(__file__).parents[1] / "examples" / "reference_layer" / "target-rest.yaml"
SEED = 5
WARM_UP, FEW, MANY = 10, 100, 1_000
ROUNDS = 3
# Where the time goes, by the folder of the code that runs, or that called what is built in.
PLACES = {
    "/examples/reference_layer/": "the reference layer",
    "/crossdock/harness/invariants/": "invariants",
    "/crossdock/harness/virtual/": "virtual world and event loop",
    "/crossdock/simulators/virtual/": "virtual world and event loop",
    "/asyncio/": "virtual world and event loop",
    "/crossdock/harness/": "following the orders for the invariants",
    "/crossdock/simulators/journal.py": "journal",
    "/crossdock/simulators/secrets.py": "journal",
    "/crossdock/simulators/": "the parties",
    "/crossdock/contracts/": "the parties",
}


def measure() -> Measured:
    """Raises: MeasureError when a run does not pass."""
    measured = Measured("lifecycles", "whole lifecycles of orders in virtual time, one process on one core")
    spare_the_collector()
    _played(WARM_UP)
    few_s = min(_played(FEW) for _ in range(ROUNDS))
    many_s = _played(MANY)
    for count, took_s in ((FEW, few_s), (MANY, many_s)):
        goal = Goal("at least", 300) if count == MANY else None
        measured.figures += [
            Figure(f"{count:,} orders", "lifecycles", count / took_s, "1/s", goal),
            Figure(f"{count:,} orders", "each", took_s / count * 1e3, "ms"),
        ]
    each_more_s = (many_s - few_s) / (MANY - FEW)
    measured.figures += [
        Figure("each order more", "lifecycles", 1 / each_more_s, "1/s"),
        Figure("each order more", "each", each_more_s * 1e3, "ms"),
    ]
    measured.figures += [Figure(place, "share", share, "%") for place, share in _places(FEW)]
    measured.notes = [
        f"happy-path against {TARGET.name}, half of the orders by quote; processor time from preflight to result,",
        "with the garbage collector spared as `crossdock run --virtual` spares it",
        f"the best of {ROUNDS} rounds for {FEW} orders, one round for {MANY:,}; shares by cProfile, of {FEW} orders",
    ]
    return measured


@cache
def _plan(orders: int) -> Plan:
    """Half of them begin as quotes."""
    plan = plan_for(choose(["happy-path"]), SEED, mark_of(SEED), orders=orders // 2)
    return msgspec.structs.replace(plan, virtual=True)


def _played(orders: int) -> float:
    """Processor seconds of a run."""
    with tempfile.TemporaryDirectory(prefix="crossdock-benchmark-") as folder:
        order = RunOrder(
            target=load(TARGET),
            plan=_plan(orders),
            folder=Path(folder),
            command="crossdock run",
            started_at=datetime(2026, 3, 2, tzinfo=UTC),
            version="0",
            python=sys.executable,
        )
        began = time.process_time()
        result = loop.run(lambda: run(order))
        took_s = time.process_time() - began
    if result.verdict != "PASS" or result.statistics.orders != orders:
        raise MeasureError(f"expected {orders} orders and PASS, got {result.statistics.orders} and {result.verdict}")
    return took_s


def _places(orders: int) -> list[tuple[str, float]]:
    """(where, share of the time in per cent), the largest first."""
    profile = cProfile.Profile()
    profile.runcall(_played, orders)
    spent: Counter[str] = Counter()
    # Shape of the statistics: place → (calls, calls without recursion, own time, time, caller → the same four).
    for (file, _, _), (_, _, own_s, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if file != "~":
            spent[_place(file)] += own_s
            continue
        for (caller, _, _), (_, _, called_s, _) in callers.items():
            spent[_place(caller)] += called_s
    return [(place, 100 * took_s / spent.total()) for place, took_s in spent.most_common()]


def _place(file: str) -> str:
    return next((place for part, place in PLACES.items() if part in file), "libraries, and what else Python does")


if __name__ == "__main__":
    main({"lifecycles": measure}, sys.argv[1:])
