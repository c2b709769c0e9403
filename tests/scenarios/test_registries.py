"""Nothing is registered without a description, a test and a scenario that puts it to use."""

import inspect
from pathlib import Path

import pytest

from crossdock.harness.invariant import invariants
from crossdock.scenarios import fault_set
from crossdock.scenarios.action import actions
from crossdock.scenarios.fault import faults
from crossdock.scenarios.scenario import LIBRARY, library

TESTS = Path(__file__).parents[1]


def module_of(thing: type) -> str:
    return thing.__module__.rpartition(".")[2]


@pytest.mark.parametrize("fault", faults)
def test_every_fault_is_described_tested_and_used_in_the_library(fault: str) -> None:
    kind = faults[fault]
    assert "A layer must " in " ".join((inspect.getdoc(kind) or "").split()), (
        f"say in the docstring of {kind.__name__} what a layer must do"
    )
    assert module_of(kind) == fault.replace("-", "_")
    test = TESTS / "scenarios" / "faults" / f"test_{module_of(kind)}.py"
    assert test.is_file(), f"write {test.relative_to(TESTS)}"
    assert "test_no_other_message_" in test.read_text("utf-8"), f"{test.name}: show that no other message is struck"
    using = [name for name, scenario in library().items() if fault in {each["fault"] for each in scenario.faults}]
    assert using, f"add a scenario to the library in which {fault} strikes"


@pytest.mark.parametrize("action", actions)
def test_every_action_is_described_and_used_in_the_library(action: str) -> None:
    assert inspect.getdoc(actions[action])
    assert module_of(actions[action]) == action.replace("-", "_")
    using = [name for name, scenario in library().items() if action in {each["do"] for each in scenario.actions}]
    assert using, f"add a scenario to the library in which people do {action}"


@pytest.mark.parametrize("invariant", invariants)
def test_every_invariant_is_described_tested_and_required_by_the_library(invariant: str) -> None:
    law = invariants[invariant]
    described = inspect.getdoc(law) or ""
    assert described.startswith(f"{invariant} — "), f"begin the docstring of {law.__name__} with its id"
    assert "Example: " in described, f"give an example in the docstring of {law.__name__}"
    assert law.title
    assert law.clause
    test = TESTS / "harness" / "invariants" / f"test_{module_of(law)}.py"
    assert test.is_file(), f"write {test.relative_to(TESTS)}"
    text = test.read_text("utf-8")
    assert "_found_by_nobody_" in text, f"{test.name}: show that one bug is found by {invariant} and not by all"
    assert "test_says_nothing_" in text, f"{test.name}: show what {invariant} does not hold against a layer"
    requiring = [name for name, scenario in library().items() if invariant in scenario.then.invariants]
    assert requiring, f"add a scenario to the library that requires {invariant}"


@pytest.mark.parametrize("name", fault_set.library())
def test_every_fault_set_of_the_library_is_used_in_it(name: str) -> None:
    using = [path.name for path in LIBRARY.glob("*.yaml") if f"set: {name}" in path.read_text("utf-8")]
    assert using, f"use the fault set {name} in a scenario of the library, or leave it out"


def test_every_scenario_requires_invariants_that_there_are() -> None:
    for name, scenario in library().items():
        assert set(scenario.then.invariants) <= set(invariants), name
