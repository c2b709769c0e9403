"""How often a finding came, whatever ids each run had."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from crossdock.contracts import documents
from crossdock.contracts.finding_kind import kind_of
from crossdock.contracts.repeats import Repeats, recurrences
from crossdock.contracts.result import Finding, Result, ScenarioResult, TargetInfo
from crossdock.contracts.validation import Validator


def finding(key: str, scenario: str = "", order: str = "") -> Finding:
    return Finding(
        invariant=key.split("/")[0],
        key=key,
        summary=f"{key} is broken",
        expected="one",
        actual="two",
        scenario=scenario,
        order=order,
    )


def result(*findings: Finding) -> Result:
    scenario = ScenarioResult(id="story", title="A story", story="It goes on.", verdict="PASS", findings=findings)
    return Result(
        crossdock="1",
        run_id="run",
        started_at=datetime(2026, 3, 2, tzinfo=UTC),
        duration_s=1.0,
        command="crossdock run",
        seed=1,
        verdict="FAIL" if findings else "PASS",
        exit_code=1 if findings else 0,
        target=TargetInfo(name="layer", file="target.yaml"),
        scenarios=(scenario,),
    )


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("E1/CO-7K2P-000001/", "E1"),
        ("S1/CO-7K2P-000001/status/6227", "S1/status/#"),
        ("M1/CO-7K2P-000001/INV-7K2P-000004/1/quantity", "M1/#/#/quantity"),
        ("Q3//east/0W7K2-A.1/ADJ-7K2P-000001", "Q3/east/#/#"),
        ("X1/CO-7K2P-000001/shortShip/many", "X1/shortShip/many"),
    ],
)
def test_a_kind_leaves_out_what_names_one_thing_of_one_run(key: str, kind: str) -> None:
    assert kind_of(finding(key)) == kind


def test_what_comes_in_each_run_reproduces_and_what_comes_in_some_is_flaky() -> None:
    always, again = finding("E1/CO-1/", "story", "A"), finding("E1/CO-2/", "story", "A")
    seldom = finding("S1/CO-2/status/9", "story", "A")

    often, rare = recurrences([result(always), result(seldom, again)])

    assert (often.kind, often.how, often.runs, often.of) == ("E1", "reproduces", (1, 2), 2)
    assert (rare.kind, rare.how, rare.runs, rare.of) == ("S1/status/#", "flaky", (2,), 2)


def test_the_same_kind_about_another_order_or_scenario_is_another_finding() -> None:
    found = recurrences([result(finding("E1/CO-1/", "story", "A"), finding("E1/CO-2/", "story", "B"))])

    assert [each.order for each in found] == ["A", "B"]


def test_several_of_a_kind_in_one_run_count_once() -> None:
    (found,) = recurrences([result(finding("S1/CO-1/status/4", "s", "A"), finding("S1/CO-1/status/8", "s", "A"))])

    assert found.runs == (1,)


def test_runs_without_findings_have_no_recurrences() -> None:
    assert recurrences([result(), result()]) == ()


def test_the_document_is_valid_by_its_schema() -> None:
    document = Repeats(
        command="crossdock run plan.yaml --repeat 1",
        verdict="FAIL",
        exit_code=1,
        verdicts=("FAIL",),
        folders=("out/1",),
        recurrences=recurrences([result(finding("E1/CO-1/", "story", "A"))]),
    )

    errors = Validator(documents.load("harness/v1/repeats.json")).errors(msgspec.to_builtins(document))

    assert not errors
