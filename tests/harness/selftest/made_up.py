"""Layers and results as no run made them, in a mini language: `E1@happy-path` is a finding of E1 in happy-path."""

from __future__ import annotations

from datetime import UTC, datetime

from crossdock.contracts.kill_matrix import RUN, KillMatrix
from crossdock.contracts.result import Finding, Result, ScenarioResult, TargetInfo, VerdictName
from crossdock.harness.selftest.document import Circumstances, judged
from crossdock.harness.selftest.playing import Played
from crossdock.harness.selftest.variant import Bug, Variant
from crossdock.harness.target import Events, Target

TITLES = {"E1": "Every cause has its effect once", "E3": "Nothing is lost", "M1": "What is billed is what was shipped"}
SCENARIOS = ("happy-path", "outage")


def layer(
    name: str, breaks: str = "", *, scenarios: tuple[str, ...] = ("outage",), follows: str = "", elsewhere: str = ""
) -> Variant:
    """A layer that breaks the invariants named, apart by blanks; healthy without any."""
    target = Target(crossdock=1, name=name, events=Events(subscribe="poll"), file=f"{name}/target.yaml")
    declared, beside, later = tuple(breaks.split()), tuple(follows.split()), tuple(elsewhere.split())
    bug = Bug(breaks=declared, follows=beside, elsewhere=later, scenarios=scenarios) if breaks else None
    return Variant(f"broken/{name}" if breaks else name, "broken" if breaks else "", target, bug)


def result(found: str = "", verdict: VerdictName | None = None, *, advice: str = "") -> Result:
    """A run of both scenarios with these findings."""
    parts = [part.partition("@")[::2] for part in found.split()]
    findings = {where: [name for name, place in parts if place == where] for where in (*SCENARIOS, RUN)}
    scenarios = [
        ScenarioResult(
            id=each,
            title=each,
            story="",
            verdict="FAIL" if findings[each] else "PASS",
            reason=f"broken: {', '.join(findings[each])}" if findings[each] else "",
            findings=tuple(map(_finding, findings[each])),
        )
        for each in SCENARIOS
    ]
    return Result(
        crossdock="0",
        run_id="made-up",
        started_at=datetime(2026, 3, 2, tzinfo=UTC),
        duration_s=1,
        command="crossdock run",
        seed=1,
        verdict=verdict or ("FAIL" if found else "PASS"),
        exit_code=0,
        target=TargetInfo(name="made up", file="target.yaml"),
        scenarios=tuple(scenarios),
        findings=tuple(map(_finding, findings[RUN])),
        advice=advice,
    )


def played(variant: Variant, found: str = "", **how: VerdictName) -> Played:
    """The layer, and what was found in it."""
    return Played(variant, (result(found, **how),), dict.fromkeys(SCENARIOS, "virtual"))


def matrix(*layers: Played, complete: bool = False, whole: bool = False) -> KillMatrix:
    """The document of all of them."""
    around = Circumstances(
        crossdock="0",
        command="crossdock selftest",
        started_at=datetime(2026, 3, 2, tzinfo=UTC),
        took_s=12.5,
        seed=1,
        complete=complete,
        whole=whole,
    )
    return judged(layers, TITLES, SCENARIOS, around)


def _finding(invariant: str) -> Finding:
    return Finding(invariant=invariant, key=invariant, summary="something", expected="this", actual="that")
