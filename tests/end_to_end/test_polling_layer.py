"""A layer in another style: it reads the event feeds in rounds. What it claims it keeps, and its bugs are found."""

from __future__ import annotations

import pytest

from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock
from crossdock.tests.examples.bugs import caught

SCENARIOS = (
    *("happy-path", "partial-shipment", "late-milestone", "duplicate-order-event", "warehouse-outage"),
    *("timeout-after-commit", "cancel-before-pick", "return-receipt-twice", "snapshot-late", "new-item"),
)
LEFT_OUT = {
    "ship-notice-lost": "the scenario is about west speaking x12, and the target's speaks rest",
    "torn-deliveries": "it strikes webhooks on their way, and the target reads the event feeds",
}
CAUGHT = caught("broken_polling_layers")


@pytest.mark.slow
def test_a_healthy_layer_that_polls_passes_with_every_fault_struck(crossdock: Crossdock) -> None:
    target = EXAMPLES / "polling_layer" / "target.yaml"
    done = crossdock("run", *SCENARIOS, *LEFT_OUT, "--target", target, "--days-per-second", "2", "--json")

    assert done.code == 0, done.out[-3000:] + done.err
    told = {one["id"]: one for one in done.result["scenarios"]}
    assert {name: told[name]["verdict"] for name in SCENARIOS} == dict.fromkeys(SCENARIOS, "PASS")
    assert [fault for one in told.values() for fault in one.get("faults", []) if not fault["fired"]] == []
    for name, reason in LEFT_OUT.items():
        assert told[name]["verdict"] == "NOT_EXERCISED"
        assert reason in told[name]["reason"]


@pytest.mark.slow
@pytest.mark.parametrize("layer", CAUGHT)
def test_a_broken_layer_that_polls_is_caught_for_the_right_reason(layer: str, crossdock: Crossdock) -> None:
    scenario, invariant = CAUGHT[layer]
    target = EXAMPLES / "broken_polling_layers" / layer / "target.yaml"

    done = crossdock("run", scenario, "--target", target, "--days-per-second", "2", "--json")

    assert done.code == 1, done.out[-3000:] + done.err
    findings = [finding for one in done.result["scenarios"] for finding in one.get("findings", [])]
    assert invariant in {finding["invariant"] for finding in findings}, findings
