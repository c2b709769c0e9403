"""Files put out for layers: the reference layer passes, and layers with a bug are found by the rule meant for it."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from crossdock.contracts.provider_result import ProviderTest
from crossdock.harness.layer_files.file_test import Files, FileTest
from crossdock.harness.run import plan_for, standing
from crossdock.harness.run_order import RunOrder
from crossdock.harness.running_layer import recovery_of
from crossdock.harness.target import load

EXAMPLES = Path(__file__).parents[3] / "examples"
REFERENCE = EXAMPLES / "reference_layer" / "target.yaml"
PLANTED = Path(__file__).parent / "planted"
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


def with_a_bug(name: str, folder: Path) -> Path:
    """The target of the reference layer with that bug."""
    target = yaml.safe_load(REFERENCE.read_text())
    start = target["start"]
    start["command"] = ["${PYTHON}", str(PLANTED / f"{name}.py")]
    start["directory"] = str(EXAMPLES)
    del start["app"]
    (folder / "target.yaml").write_text(yaml.safe_dump(target))
    return folder / "target.yaml"


@pytest.mark.parametrize(
    ("bug", "partner", "seed", "rules"),
    [
        ("accepts_and_forgets", "west", 1, {"file-taken", "file-told", "file-lives-on"}),
        ("never_answers", "west", 1, {"file-taken", "file-lives-on"}),
        ("takes_any_count", "west", 1, {"file-refused", "file-taken"}),
        ("refuses_for_another_reason", "west", 1, {"file-refused"}),
        ("counts_wrong", "west", 1, {"file-acknowledged"}),
        ("guesses_the_time", "west", 6, {"file-not-guessed"}),
        ("drops_what_is_wrong", "regional", 1, {"file-told"}),
        ("stops_at_what_is_wrong", "regional", 1, {"file-taken", "file-told", "file-lives-on"}),
    ],
)
def test_a_layer_with_a_bug_is_found(bug: str, partner: str, seed: int, rules: set[str], tmp_path: Path) -> None:
    tested = files_for(with_a_bug(bug, tmp_path), tmp_path, SHORTLY_S, only=(partner,), seed=seed)

    assert (tested.verdict, {finding.rule for finding in tested.findings}) == ("FAIL", rules)


def test_a_layer_without_warehouses_that_speak_in_files_is_not_put_to_the_test(tmp_path: Path) -> None:
    tested = files_for(EXAMPLES / "polling_layer" / "target.yaml", tmp_path, SHORTLY_S, only=("east",))

    assert tested.verdict == "NOT_EXERCISED"
    assert {rule.idle for rule in tested.rules} == {"no warehouse of this target speaks in files"}
