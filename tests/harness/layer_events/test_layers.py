"""Events sent to layers: the reference layer passes, and layers with a bug are found by the rule meant for it."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossdock.contracts.provider_result import ProviderTest
from crossdock.harness.layer_events.event_rule import RULES
from crossdock.harness.layer_events.event_test import EventTest
from crossdock.harness.run import plan_for, standing
from crossdock.harness.run_order import RunOrder
from crossdock.harness.running_layer import recovery_of
from crossdock.harness.target import load
from crossdock.tests.harness.layer_events.event_bugs import BUGS, EventBug
from crossdock.tests.harness.planted_layer import EXAMPLES, REFERENCE, with_bug

PATIENTLY_S = 60.0  # for what comes to an end by itself
SHORTLY_S = 2.0  # for what never comes


def events_sent_to(target_file: Path, folder: Path, within_s: float) -> ProviderTest:
    async def send() -> ProviderTest:
        target = load(target_file)
        began = datetime(2026, 3, 2, tzinfo=UTC)
        order = RunOrder(target, plan_for([], 1, "7K3F"), folder, "crossdock", began, "0", sys.executable)
        async with standing(order) as (world, _, values):
            return await EventTest(world, target.name, recovery_of(target, values).dead_letters, within_s).run(1)

    return asyncio.run(send())


def test_the_reference_layer_takes_what_is_right_and_refuses_or_sets_aside_what_is_wrong(tmp_path: Path) -> None:
    tested = events_sent_to(REFERENCE, tmp_path, PATIENTLY_S)

    assert [f"{finding.operation}: {finding.rule}: {finding.reason}" for finding in tested.findings] == []
    assert tested.verdict == "PASS"
    assert [rule.id for rule in tested.rules if not rule.tried] == []


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_layer_with_a_bug_is_found(bug: EventBug, tmp_path: Path) -> None:
    target = with_bug(bug.layer, tmp_path) if bug.is_planted else bug.layer.parent / "target.yaml"
    tested = events_sent_to(target, tmp_path, SHORTLY_S)

    assert (tested.verdict, {finding.rule for finding in tested.findings}) == ("FAIL", set(bug.rules))


def test_every_rule_finds_a_bug() -> None:
    assert {rule for bug in BUGS for rule in bug.rules} == RULES.keys()


def test_a_layer_that_polls_is_not_put_to_the_test(tmp_path: Path) -> None:
    tested = events_sent_to(EXAMPLES / "polling_layer" / "target.yaml", tmp_path, SHORTLY_S)

    assert tested.verdict == "NOT_EXERCISED"
    assert all("no party has a webhook of this layer" in rule.idle for rule in tested.rules[:3])
