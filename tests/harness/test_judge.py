"""The verdict of a scenario from its checks, its faults and what its people did."""

from __future__ import annotations

import inspect
import sys
from typing import Any

import pytest

from crossdock.contracts.result import CheckResult, FaultResult, VerdictName
from crossdock.harness.invariant import invariants
from crossdock.harness.judge import _verdict, evaded, feed_of
from crossdock.harness.verdict import Verdict
from crossdock.scenarios.interference import ArmedFault
from crossdock.scenarios.scenario import fault_of
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import World

PLACED = "crossdock.order.submitted.v1"


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


@pytest.mark.parametrize(
    ("fault", "pushed", "feed"),
    [
        ({"fault": "forged-event", "event_type": PLACED, "says": {"/a": 1}}, False, "crm"),
        ({"fault": "webhook-answer-lost", "event_type": PLACED}, False, "crm"),
        ({"fault": "webhook-answer-lost", "event_type": PLACED}, True, ""),
        ({"fault": "duplicate-event", "event_type": PLACED}, False, ""),
    ],
)
def test_a_fault_on_the_way_of_what_is_never_pushed_is_told_from_one_that_never_struck(
    fault: dict[str, Any], pushed: bool, feed: str
) -> None:
    world = World("test", ManualClock(), Ids("T", 1))
    crm = world.parties["crm"]
    crm.feed.hand_out(None, 1, world.clock.wire())
    if pushed:
        world.subscribe("crm", "http://127.0.0.1:9/webhooks", client="layer")
    armed = ArmedFault("some-scenario", fault["fault"], fault_of({"party": "crm", **fault}))

    assert feed_of(armed, world.parties) == feed


@pytest.mark.parametrize(("evadable", "fired", "is_evaded"), [(True, 0, True), (True, 1, False), (False, 0, False)])
def test_a_fault_that_a_careful_layer_never_comes_to_is_told_from_one_that_should_have_struck(
    evadable: bool, fired: int, is_evaded: bool
) -> None:
    """Who looks before trying again never makes the second call that is to be turned away."""
    fault = {"fault": "forbidden", "party": "erp", "operation": "createSalesOrder", "nth": 2, "evadable": evadable}
    armed = ArmedFault("some-scenario", "forbidden", fault_of(fault), fired=fired)

    assert evaded(armed) == is_evaded


def test_what_people_could_not_do_is_told_beside_what_is_broken() -> None:
    _, reason = _verdict([check("FAIL")], [], ["nobody found anything to replay"])
    assert reason == "broken: E1; nobody found anything to replay"


@pytest.mark.parametrize("law", invariants)
def test_an_invariant_waits_if_what_it_misses_may_still_come(law: str) -> None:
    source = inspect.getsource(sys.modules[invariants[law].__module__])

    assert invariants[law].waits == ("outcome.lacking(" in source)
