"""What has changed between runs."""

from __future__ import annotations

import msgspec
import pytest

from crossdock.contracts import documents
from crossdock.contracts.result import CheckResult, Finding, Result, VerdictName
from crossdock.contracts.runs_compared import compare
from crossdock.contracts.validation import Validator
from crossdock.tests.contracts.test_repeats import finding, result

CHECK = CheckResult(invariant="E1", title="Once", verdict="PASS", exercised=1, required=True)
HERE = finding("E1/CO-1/", "story", "A")
THERE = finding("E1/CO-9/", "story", "A")  # the same, in another run


def ran(*findings: Finding, verdict: VerdictName = "FAIL", tested: bool = True) -> Result:
    """A run in which the story was told."""
    made = result(*findings)
    scenarios = tuple(msgspec.structs.replace(each, checks=(CHECK,) if tested else ()) for each in made.scenarios)
    return msgspec.structs.replace(made, scenarios=scenarios, verdict=verdict)


@pytest.mark.parametrize(
    ("before", "now", "state"),
    [
        ([ran()], [ran(HERE)], "new"),
        ([ran(HERE)], [ran(THERE)], "still"),
        ([ran(HERE)], [ran()], "fixed"),
        ([ran(HERE)], [ran(tested=False)], "untested"),
        ([ran(HERE)], [ran(verdict="CONFIG_ERROR")], "untested"),
        ([ran(tested=False)], [ran(HERE)], "new"),
        ([ran(HERE)], [ran(HERE), ran()], "flaky"),
        ([ran(HERE), ran()], [ran(), ran()], "flaky"),
        ([ran(HERE), ran(HERE)], [ran(THERE), ran(THERE)], "still"),
        ([ran(HERE)], [ran(HERE), ran(verdict="CONFIG_ERROR")], "still"),
    ],
)
def test_what_became_of_a_finding(before: list[Result], now: list[Result], state: str) -> None:
    (change,) = compare(before, now).changes

    assert change.state == state
    assert (change.scenario, change.order, change.kind) == ("story", "A", "E1")


def test_without_findings_nothing_has_changed() -> None:
    assert compare([ran()], [ran()]).changes == ()


def test_a_finding_of_no_scenario_is_looked_for_in_every_run() -> None:
    stray = msgspec.structs.replace(ran(), findings=(finding("E2/CO-1/shipment"),))

    (change,) = compare([stray], [ran()]).changes

    assert (change.state, change.before_of, change.now_of) == ("fixed", 1, 1)


def test_the_most_urgent_comes_first_and_the_document_is_valid_by_its_schema() -> None:
    gone, seldom = finding("M1/CO-1/I1/1/price", "story", "A"), finding("S1/CO-1/status/4", "story", "A")

    compared = compare(
        [ran(gone, HERE), ran(gone, HERE)],
        [ran(seldom, HERE, finding("X1/CO-1/x", "story")), ran(HERE, finding("X1/CO-1/x", "story"))],
    )

    assert [change.state for change in compared.changes] == ["new", "still", "flaky", "fixed"]
    assert not Validator(documents.load("harness/v1/runs-compared.json")).errors(msgspec.to_builtins(compared))
