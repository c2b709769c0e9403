"""The healthy layer passes everything, with every check exercised and every fault struck."""

from __future__ import annotations

import msgspec
import pytest

from crossdock.contracts import documents
from crossdock.contracts.validation import Validator
from crossdock.harness.fold import Fold
from crossdock.scenarios.scenario import library
from crossdock.simulators.journal import read
from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock

# Scenarios about other channels are played elsewhere: test_queues.py, tests/harness/virtual/test_library.py.
SPOKEN = {"east": "rest", "west": "x12", "regional": "csv"}.items()


@pytest.mark.slow
def test_the_reference_layer_keeps_every_promise_of_the_library(crossdock: Crossdock) -> None:
    # At a day a second: it promises to be on time, and shares the machine with other tests.
    done = crossdock("run", "--target", EXAMPLES / "reference_layer" / "target.yaml", "--json")

    result = done.result
    failed = {
        scenario["id"]: (
            scenario["verdict"],
            scenario["reason"],
            [found["summary"] for found in scenario.get("findings", [])],
        )
        for scenario in result["scenarios"]
        if scenario["verdict"] != ("PASS" if library()[scenario["id"]].channels.items() <= SPOKEN else "NOT_EXERCISED")
    }
    assert not failed
    assert done.code == 0, done.result.get("findings", done.err)
    silent = [fault for scenario in result["scenarios"] for fault in scenario.get("faults", []) if not fault["fired"]]
    assert not silent
    exercised: dict[str, int] = {}
    for scenario in result["scenarios"]:
        for check in scenario.get("checks", []):
            exercised[check["invariant"]] = exercised.get(check["invariant"], 0) + check["exercised"]
    assert not [name for name, count in exercised.items() if not count], exercised
    assert not Validator(documents.load("harness/v1/result.json")).errors(result)


@pytest.mark.slow
def test_the_journal_of_a_run_is_whole_and_tells_the_same_orders(crossdock: Crossdock) -> None:
    done = crossdock("run", "happy-path", "--target", EXAMPLES / "reference_layer" / "target.yaml", "--json")

    assert done.code == 0, done.out[-3000:] + done.err
    folder = (done.folder / ".crossdock" / "latest").resolve()
    fold = Fold()
    for entry in read(folder / "journal.ndjson"):
        fold.take(entry)
    assert len(fold.trails) == done.result["statistics"]["orders"] == 2
    assert {trail.order.what.status for trail in fold.trails.values() if trail.order} == {"delivered"}
    assert msgspec.json.decode((folder / "result.json").read_bytes())["journalLink"] == done.result["journalLink"]
    assert (folder / "report.html").read_text("utf-8").count("<html") == 1
    assert (folder / "plan.yaml").is_file()
    assert (folder / "junit.xml").is_file()
