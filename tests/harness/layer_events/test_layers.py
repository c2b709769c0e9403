"""Events sent to layers: the reference layer passes, and layers with a bug are found by the rule meant for it."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossdock.contracts.provider_result import ProviderTest
from crossdock.harness.layer_events.event_test import EventTest
from crossdock.harness.run import plan_for, standing
from crossdock.harness.run_order import RunOrder
from crossdock.harness.running_layer import recovery_of
from crossdock.harness.target import load

EXAMPLES = Path(__file__).parents[3] / "examples"
PATIENTLY_S = 60.0  # for what comes to an end by itself
SHORTLY_S = 2.0  # for what never comes


def events_sent_to(layer: str, folder: Path, within_s: float) -> ProviderTest:
    async def send() -> ProviderTest:
        target = load(EXAMPLES / layer / "target.yaml")
        began = datetime(2026, 3, 2, tzinfo=UTC)
        order = RunOrder(target, plan_for([], 1, "7K3F"), folder, "crossdock", began, "0", sys.executable)
        async with standing(order) as (world, _, values):
            return await EventTest(world, layer, recovery_of(target, values).dead_letters, within_s).run(1)

    return asyncio.run(send())


def test_the_reference_layer_takes_what_is_right_and_refuses_or_sets_aside_what_is_wrong(tmp_path: Path) -> None:
    tested = events_sent_to("reference_layer", tmp_path, PATIENTLY_S)

    assert [f"{finding.operation}: {finding.rule}: {finding.reason}" for finding in tested.findings] == []
    assert tested.verdict == "PASS"
    assert [rule.id for rule in tested.rules if not rule.tried] == []


@pytest.mark.parametrize(
    ("layer", "rule"),
    [
        ("one_secret_for_all", "forged-event"),
        ("drops_what_it_cannot_read", "no-event"),
        ("swallows_errors", "nothing-dropped"),
    ],
)
def test_a_layer_with_a_bug_is_found(layer: str, rule: str, tmp_path: Path) -> None:
    tested = events_sent_to(f"broken_layers/{layer}", tmp_path, SHORTLY_S)

    assert (tested.verdict, {finding.rule for finding in tested.findings}) == ("FAIL", {rule})


def test_a_layer_that_polls_is_not_put_to_the_test(tmp_path: Path) -> None:
    tested = events_sent_to("polling_layer", tmp_path, SHORTLY_S)

    assert tested.verdict == "NOT_EXERCISED"
    assert all("no party has a webhook of this layer" in rule.idle for rule in tested.rules[:3])
