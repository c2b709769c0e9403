"""A failure is shrunk to what it takes, and to nothing less."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.contracts import documents
from crossdock.contracts.validation import Validator
from crossdock.scenarios.scenario import read
from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock
from crossdock.tests.end_to_end.test_broken_layers import CAUGHT

# Some broken layers → how many orders, actions and faults it takes to show their bug.
TAKES = {
    "no_event_dedup": (1, 0, 1),
    "new_key_per_retry": (1, 0, 1),
    "bills_ordered_quantity": (1, 0, 0),
    "trusts_milestone_order": (1, 0, 1),
    "restocks_damaged_returns": (1, 2, 0),
    "older_count_wins": (1, 2, 1),
    "customer_by_name": (2, 0, 0),  # one alone has nobody to be taken for
    "probes_after_lunch": (1, 0, 1),
}
QUICK = ("new_key_per_retry", "bills_ordered_quantity", "customer_by_name")


def target(layer: str) -> Path:
    return EXAMPLES / "broken_layers" / layer / "target.yaml"


@pytest.mark.parametrize(
    "layer", [pytest.param(layer, marks=() if layer in QUICK else pytest.mark.slow) for layer in TAKES]
)
def test_the_bug_of_a_broken_layer_shrinks_to_what_it_takes(layer: str, crossdock: Crossdock, tmp_path: Path) -> None:
    scenario, invariant = CAUGHT[layer]
    failed = crossdock("run", scenario, "--virtual", "--target", target(layer), "--out", "failed")
    assert failed.code == 1, failed.out + failed.err

    done = crossdock("shrink", "failed", "--finding", invariant, "--out", "least", "--json")

    assert done.code == 0, done.err
    least = done.result
    assert not Validator(documents.load("harness/v1/shrunk.json")).errors(least)
    assert least["minimal"], least
    assert (least["after"]["orders"], least["after"]["actions"], least["after"]["faults"]) == TAKES[layer]
    (file,) = least["scenarios"]
    (scenario_left,) = read(tmp_path / file)
    assert scenario_left.then.invariants == (invariant,)
    for words in (("least",), (file, "--virtual", "--target", target(layer))):
        again = crossdock("run", *words, "--json", "--out", "again", "--replace")
        found = {finding["invariant"] for each in again.result["scenarios"] for finding in each.get("findings", [])}
        assert invariant in found, f"{words}: {again.err}"


def test_of_many_scenarios_the_one_that_matters_is_left(crossdock: Crossdock) -> None:
    failed = crossdock("run", "demo", "--virtual", "--target", target("bills_ordered_quantity"), "--out", "failed")
    assert failed.code == 1, failed.out + failed.err

    done = crossdock("shrink", "failed/plan.yaml", "--finding", "M1", "--out", "least")

    assert done.code == 0, done.err
    assert "now       1 scenario, 1 order, 1 line, 0 actions, 0 faults; nothing more can be taken away" in done.out
    assert "repeat    crossdock run least/plan.yaml" in done.out


def test_what_does_not_fail_can_not_be_shrunk(crossdock: Crossdock) -> None:
    reference = EXAMPLES / "reference_layer" / "target.yaml"
    passed = crossdock("run", "happy-path", "--virtual", "--target", reference, "--out", "passed")
    assert passed.code == 0, passed.out + passed.err

    done = crossdock("shrink", "passed", "--virtual", "--repeat", "2")

    assert done.code == 3, done.out + done.err
    assert "a failure did not come again in 2 runs: nothing to shrink" in done.err


def test_where_the_runs_come_to_an_end_that_is_said(crossdock: Crossdock) -> None:
    crossdock("run", "partial-shipment", "--virtual", "--target", target("bills_ordered_quantity"), "--out", "failed")

    done = crossdock("shrink", "failed", "--most-runs", "5", "--out", "less")

    assert done.code == 0, done.err
    assert "the runs or the time came to an end before, 5 runs" in done.out


def test_what_is_no_run_is_told(crossdock: Crossdock) -> None:
    done = crossdock("shrink", "nowhere")

    assert done.code == 2
    assert "nowhere: is neither a plan nor the folder of a run" in done.err


@pytest.mark.slow
def test_a_failure_is_shrunk_over_sockets_too(crossdock: Crossdock) -> None:
    crossdock("run", "partial-shipment", "--virtual", "--target", target("bills_ordered_quantity"), "--out", "failed")

    done = crossdock("shrink", "failed", "--sockets", "--repeat", "1", "--most-runs", "6", "--out", "less", "--json")

    assert done.code == 0, done.err
    assert not done.result["virtual"]
    assert done.result["after"]["orders"] == 1
