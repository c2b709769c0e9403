"""The verdict of a scenario from its checks, its faults and what its people did."""

from __future__ import annotations

import inspect
import sys

import pytest

from crossdock.contracts.result import CheckResult, FaultResult, VerdictName
from crossdock.harness.invariant import invariants
from crossdock.harness.judge import _verdict
from crossdock.harness.verdict import Verdict


def check(verdict: VerdictName, *, required: bool = True) -> CheckResult:
    return CheckResult(
        invariant="E1", title="", verdict=verdict, exercised=int(verdict != "NOT_EXERCISED"), required=required
    )


STRUCK = FaultResult(id="outage", description="", fired=1)
SILENT = FaultResult(id="outage", description="", fired=0)


@pytest.mark.parametrize(
    ("checks", "faults", "undone", "verdict"),
    [
        ([], [], [], Verdict.NOT_EXERCISED),
        ([check("PASS")], [], [], Verdict.PASS),
        ([check("PASS")], [STRUCK], [], Verdict.PASS),
        ([check("PASS")], [SILENT], [], Verdict.NOT_EXERCISED),
        ([check("PASS")], [], ["cancel-order never came"], Verdict.NOT_EXERCISED),
        ([check("PASS"), check("NOT_EXERCISED")], [], [], Verdict.NOT_EXERCISED),
        ([check("PASS"), check("NOT_EXERCISED", required=False)], [], [], Verdict.PASS),
        ([check("PASS", required=False)], [], [], Verdict.NOT_EXERCISED),
        ([check("PASS"), check("FAIL", required=False)], [], [], Verdict.FAIL),
        ([check("FAIL"), check("NOT_EXERCISED")], [SILENT], ["never came"], Verdict.FAIL),
    ],
)
def test_nothing_but_a_scenario_played_as_written_and_held_passes(
    checks: list[CheckResult], faults: list[FaultResult], undone: list[str], verdict: Verdict
) -> None:
    found, reason = _verdict(checks, faults, undone)

    assert found is verdict
    assert (reason == "") == (verdict is Verdict.PASS)


def test_a_fault_on_an_event_that_is_never_pushed_says_so() -> None:
    _, reason = _verdict([check("PASS")], [SILENT], [], ["east"])

    assert "the layer reads the feed of east" in reason


@pytest.mark.parametrize("law", invariants)
def test_an_invariant_waits_if_what_it_misses_may_still_come(law: str) -> None:
    source = inspect.getsource(sys.modules[invariants[law].__module__])

    assert invariants[law].waits == ("outcome.lacking(" in source)
