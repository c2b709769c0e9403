"""A plan is run again: once, several times, and what is wrong with that is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crossdock.contracts import documents
from crossdock.contracts.validation import Validator
from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock

BROKEN = EXAMPLES / "broken_layers" / "no_event_dedup" / "target.yaml"


@pytest.fixture
def made(crossdock: Crossdock, tmp_path: Path) -> Path:
    """The folder of a run in virtual time that failed."""
    done = crossdock("run", "duplicate-order-event", "--virtual", "--target", BROKEN, "--out", "made")
    assert done.code == 1, done.out + done.err
    return tmp_path / "made"


def test_a_plan_that_is_run_again_in_virtual_time_writes_the_same_journal(made: Path, crossdock: Crossdock) -> None:
    by_file = crossdock("run", "made/plan.yaml", "--out", "by-file")
    by_folder = crossdock("run", "made", "--target", BROKEN, "--out", "by-folder")

    assert (by_file.code, by_folder.code) == (1, 1), by_file.err + by_folder.err
    journal = (made / "journal.ndjson").read_bytes()
    assert (made.parent / "by-file" / "journal.ndjson").read_bytes() == journal
    assert (made.parent / "by-folder" / "journal.ndjson").read_bytes() == journal


def test_repeating_a_plan_says_how_often_each_finding_comes(made: Path, crossdock: Crossdock) -> None:
    done = crossdock("run", "made", "--repeat", "3", "--out", "again", "--json")

    assert done.code == 1, done.err
    assert not Validator(documents.load("harness/v1/repeats.json")).errors(done.result)
    assert done.result["verdicts"] == ["FAIL"] * 3
    assert {each["invariant"]: each["runs"] for each in done.result["recurrences"]} == {
        "E1": [1, 2, 3],
        "Q2": [1, 2, 3],
    }
    journals = {(made.parent / "again" / str(number) / "journal.ndjson").read_bytes() for number in (1, 2, 3)}
    assert len(journals) == 3, "each run takes a course of its own"
    assert json.loads((made.parent / "again" / "repeats.json").read_text("utf-8")) == done.result


def test_a_healthy_layer_passes_as_often_as_it_is_run(crossdock: Crossdock) -> None:
    reference = EXAMPLES / "reference_layer" / "target.yaml"

    done = crossdock("run", "happy-path", "--virtual", "--target", reference, "--repeat", "2", "--out", "runs")

    assert done.code == 0, done.out + done.err
    assert "PASS: 2 runs, none failed" in done.out


@pytest.mark.slow
def test_a_plan_is_run_again_over_sockets_under_keys_of_its_own(made: Path, crossdock: Crossdock) -> None:
    done = crossdock("run", "made", "--sockets", "--repeat", "2", "--days-per-second", "2")
    assert done.code == 2
    assert "--days-per-second is in the plan already" in done.err

    done = crossdock("run", "made", "--sockets", "--repeat", "2", "--out", "again", "--json")
    assert done.code == 1, done.err
    marks = {
        (made.parent / "again" / number / "plan.yaml").read_text("utf-8").split("mark: ")[1][:4] for number in "12"
    }
    assert len(marks) == 2


def test_what_can_not_be_run_as_a_plan_is_told(made: Path, crossdock: Crossdock) -> None:
    text = (made / "plan.yaml").read_text("utf-8")
    (made.parent / "typo.yaml").write_text(text.replace("fault: duplicate", "fault: duplicat"), encoding="utf-8")
    (made.parent / "cut.yaml").write_text(text.replace("mark: ", "mark: 4\nmarks: "), encoding="utf-8")
    (made.parent / "moved.yaml").write_text(text.replace("target: ", "target: gone/"), encoding="utf-8")

    for words, said in (
        (("made", "happy-path"), "is a plan: it is run by itself"),
        (("typo.yaml",), "did you mean 'duplicate"),
        (("cut.yaml",), "is no plan that can be run"),
        (("moved.yaml",), "which the plan was made for, is not there"),
        (("made", "--seed", "3"), "--seed is in the plan already"),
    ):
        done = crossdock("run", *words)
        assert done.code == 2, done.out + done.err
        assert said in " ".join(done.err.split()), done.err
        assert "Traceback" not in done.err
