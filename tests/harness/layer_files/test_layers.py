"""Files put out for layers: the reference layer passes, and layers with a bug are found by the rule meant for it."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossdock.contracts.provider_result import ProviderTest
from crossdock.harness.layer_files.file_rule import RULES
from crossdock.harness.layer_files.file_test import Files, FileTest
from crossdock.harness.run import plan_for, standing
from crossdock.harness.run_order import RunOrder
from crossdock.harness.running_layer import recovery_of
from crossdock.harness.target import load
from crossdock.tests.harness.layer_files.planted_bugs import BUGS, PLANTED, PlantedBug
from crossdock.tests.harness.planted_layer import EXAMPLES, REFERENCE

PATIENTLY_S = 30.0  # for what comes to an end by itself
SHORTLY_S = 4.0  # for what never comes


def files_for(
    target_file: Path, folder: Path, within_s: float, *, only: tuple[str, ...] = (), seed: int = 1
) -> ProviderTest:
    """Of the warehouses `only`, where they are named."""

    async def put() -> ProviderTest:
        target = load(target_file)
        began = datetime(2026, 3, 2, tzinfo=UTC)
        order = RunOrder(target, plan_for([], 1, "7K3F"), folder, "crossdock", began, "0", sys.executable)
        async with standing(order) as (world, _, values):
            channels = {name: form for name, form in target.warehouses.items() if not only or name in only}
            letters = recovery_of(target, values).dead_letters
            files = Files(target.name, channels, target.capabilities, letters, within_s)
            return await FileTest(world, files, "7K3F").run(seed)

    return asyncio.run(put())


def test_the_reference_layer_takes_what_is_right_and_refuses_or_sets_aside_what_is_wrong(tmp_path: Path) -> None:
    tested = files_for(REFERENCE, tmp_path, PATIENTLY_S)

    assert [f"{finding.operation}: {finding.rule}: {finding.reason}" for finding in tested.findings] == []
    assert tested.verdict == "PASS"
    assert [rule.id for rule in tested.rules if not rule.tried] == []


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_layer_with_a_bug_is_found(bug: PlantedBug, tmp_path: Path) -> None:
    tested = files_for(bug.target(tmp_path), tmp_path, SHORTLY_S, only=(bug.partner,), seed=bug.seed)

    assert (tested.verdict, {finding.rule for finding in tested.findings}) == ("FAIL", set(bug.rules))


def test_every_rule_finds_a_bug_and_every_bug_is_tried() -> None:
    assert {rule for bug in BUGS for rule in bug.rules} == RULES.keys()
    planted = {bug.name for bug in BUGS if bug.is_planted}
    assert planted == {path.stem for path in PLANTED.glob("*.py")} - {"__init__"}


def test_a_layer_without_warehouses_that_speak_in_files_is_not_put_to_the_test(tmp_path: Path) -> None:
    tested = files_for(EXAMPLES / "polling_layer" / "target.yaml", tmp_path, SHORTLY_S, only=("east",))

    assert tested.verdict == "NOT_EXERCISED"
    assert {rule.idle for rule in tested.rules} == {"no warehouse of this target speaks in files"}
