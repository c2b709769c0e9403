"""Shrinking, where what shows the finding is decided by the test."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import pytest

from crossdock.contracts.result import Finding, Result
from crossdock.harness.shrink.document import Document, documents_of, size_of
from crossdock.harness.shrink.laboratory import Exhausted, Laboratory
from crossdock.harness.shrink.shrinking import shrink
from crossdock.scenarios import plan
from crossdock.scenarios.scenario import Scenario, library
from crossdock.simulators.clock import START
from crossdock.tests.contracts.test_repeats import finding, result

Shows = Callable[[Sequence[Scenario], int], bool]


def whole(*names: str) -> list[Document]:
    chosen = [library()[name] for name in names]
    return documents_of(plan.draw(chosen, 1, "ABCD", 1.0, START))


def laboratory(shows: Shows, *, kind: str = "E1", tries: int = 1, most_runs: int = 1000) -> Laboratory:
    def run(scenarios: Sequence[Scenario], course: int) -> Result:
        return result(finding("E1/CO-1/")) if shows(scenarios, course) else result(finding("S1/CO-1/status/4"))

    return Laboratory(run, kind, most_runs, tries=tries)  # type: ignore[arg-type]  # scenarios, which it does not know


def test_everything_that_does_not_matter_is_taken_away() -> None:
    def shows(scenarios: Sequence[Scenario], _course: int) -> bool:
        return any(fault["fault"] == "duplicate-event" for each in scenarios for fault in each.faults)

    shrunk = shrink(whole("happy-path", "duplicate-order-event", "return-whole"), laboratory(shows))

    assert shrunk.is_minimal
    (document,) = shrunk.documents
    assert document["orders"] == {"A": {"lines": [{"quantity": 1}]}}
    assert len(document["faults"]) == 1
    assert not {"actions", "warehouse"} & document.keys()


def test_scenarios_that_only_fail_together_stay_together() -> None:
    def shows(scenarios: Sequence[Scenario], _course: int) -> bool:
        return {"happy-path-minimal", "return-whole-minimal"} <= {each.scenario for each in scenarios}

    shrunk = shrink(whole("happy-path", "backorder", "return-whole", "warehouse-outage"), laboratory(shows))

    assert [document["scenario"] for document in shrunk.documents] == ["happy-path-minimal", "return-whole-minimal"]
    assert size_of(shrunk.documents).orders == 2


def test_numbers_go_down_as_far_as_they_matter() -> None:
    def shows(scenarios: Sequence[Scenario], _course: int) -> bool:
        (scenario,) = scenarios
        order, handling = scenario.orders.get("A"), scenario.warehouse.get("A")
        if order is None or handling is None or not handling.ships:
            return False
        return sum(handling.ships[0]) < sum(line.quantity for line in order.lines)

    (document,) = shrink(whole("partial-shipment"), laboratory(shows)).documents

    assert document["orders"]["A"]["lines"] == [{"quantity": 1}]
    assert document["warehouse"]["A"]["ships"] == [[0]]


def test_another_finding_is_not_the_one_that_is_looked_for() -> None:
    tried = laboratory(lambda scenarios, _course: len(scenarios) == 2)

    assert len(shrink(whole("happy-path", "warehouse-outage"), tried).documents) == 2


def test_what_was_tried_is_not_tried_again_and_what_can_not_be_a_scenario_not_at_all() -> None:
    tried = laboratory(lambda _scenarios, _course: False)
    (document,) = whole("happy-path")

    assert [tried.shows([document]), tried.shows([document]), tried.shows([{**document, "orders": {}}])] == [False] * 3
    assert tried.runs == 1


def test_what_comes_seldom_is_tried_in_several_courses() -> None:
    tried = laboratory(lambda _scenarios, course: course == 2, tries=3)

    assert tried.shows(whole("happy-path"))
    assert (tried.runs, tried.course) == (3, 2)
    assert tried.count(whole("happy-path"), 5) == 1


def test_where_the_runs_come_to_an_end_the_smallest_so_far_is_kept() -> None:
    tried = laboratory(lambda _scenarios, _course: True, most_runs=2)

    shrunk = shrink(whole("happy-path", "warehouse-outage", "backorder"), tried)

    assert not shrunk.is_minimal
    assert len(shrunk.documents) == 1
    with pytest.raises(Exhausted):
        tried.shows(whole("credit-hold"))


def test_a_run_in_which_the_harness_itself_stumbled_shows_nothing() -> None:
    def run(_scenarios: Sequence[object], _course: int) -> Result:
        stumbled = result(finding("E1/CO-1/"))
        return msgspec.structs.replace(stumbled, errors=("the harness failed",))

    assert not Laboratory(run, "E1", 9).shows(whole("happy-path"))


def test_without_a_wish_the_first_finding_is_the_one() -> None:
    tried = laboratory(lambda _scenarios, _course: True, kind="")

    assert tried.count(whole("happy-path"), 1) == 1
    assert tried.kind == "E1"
    assert isinstance(tried.finding, Finding)
