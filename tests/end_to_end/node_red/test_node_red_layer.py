"""A layer in a third style: flows, run by Node-RED. What it claims it keeps, and its bugs are found."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock
from crossdock.tests.examples.bugs import caught

LAYER = EXAMPLES / "node_red_layer"
SCENARIOS = (
    *("happy-path", "partial-shipment", "split-shipment", "late-milestone", "duplicate-order-event", "rate-limit"),
    *("timeout-after-commit", "cancel-before-pick", "credit-hold", "redelivery", "return-in-cases"),
    "regional-partial-shipment",  # another warehouse takes the part of the regional one
)
LEFT_OUT = {"stock-correction": "the target does not claim stock"}
CAUGHT = caught("broken_node_red_layers")
# The first test of a process may have to wait until Node-RED is installed.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def node_red() -> None:
    """Node-RED, installed into the user's cache folder by the layer's own setup."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        _lacking("no node and npm here: apt-get install nodejs npm")
    setup = subprocess.run(
        ["node", str(LAYER / "setup.js")], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if setup.returncode:
        _lacking(f"Node-RED can't be installed: {setup.stderr.strip()[-500:]}")


def _lacking(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{reason} (a missing program fails where CI is set)", pytrace=False)
    pytest.skip(reason)


@pytest.mark.usefixtures("node_red")
def test_a_healthy_layer_in_node_red_passes_with_every_fault_struck(crossdock: Crossdock) -> None:
    target = LAYER / "target.yaml"
    done = crossdock("run", *SCENARIOS, *LEFT_OUT, "--target", target, "--days-per-second", "2", "--json")

    assert done.code == 0, done.out[-3000:] + done.err
    told = {one["id"]: one for one in done.result["scenarios"]}
    assert {name: told[name]["verdict"] for name in SCENARIOS} == dict.fromkeys(SCENARIOS, "PASS")
    assert [fault for one in told.values() for fault in one.get("faults", []) if not fault["fired"]] == []
    assert {name: told[name]["reason"] for name in LEFT_OUT} == LEFT_OUT


@pytest.mark.usefixtures("node_red")
@pytest.mark.parametrize("variant", CAUGHT)
def test_a_broken_layer_in_node_red_is_caught_for_the_right_reason(variant: str, crossdock: Crossdock) -> None:
    scenario, invariant = CAUGHT[variant]
    target = EXAMPLES / "broken_node_red_layers" / variant / "target.yaml"

    done = crossdock("run", scenario, "--target", target, "--days-per-second", "2", "--json")

    assert done.code == 1, done.out[-3000:] + done.err
    findings = [finding for one in done.result["scenarios"] for finding in one.get("findings", [])]
    assert invariant in {finding["invariant"] for finding in findings}, findings
