"""`crossdock selftest` as a command: layers played in virtual time, judged, shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crossdock.contracts import documents
from crossdock.contracts.validation import Validator
from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock

BROKEN = EXAMPLES / "broken_layers"


def declared(folder: Path, breaks: str, source: Path) -> Path:
    """A layer of one's own, made of another one: what its bug breaks is what its bug.yaml says."""
    folder.mkdir()
    text = (source / "target.yaml").read_text("utf-8")
    (folder / "target.yaml").write_text(text.replace("directory: ../..", f"directory: {EXAMPLES}"), "utf-8")
    (folder / "bug.yaml").write_text(f"breaks: [{breaks}]\nscenarios: [partial-shipment]\n", "utf-8")
    return folder


def test_two_bugs_are_found_by_what_they_break(crossdock: Crossdock, tmp_path: Path) -> None:
    done = crossdock("selftest", "bills_ordered_quantity", "drops_correlation", "--out", "here", "--json")

    assert done.code == 0, done.out + done.err
    document = done.result
    assert not Validator(documents.load("harness/v1/kill-matrix.json")).errors(document)
    assert document["matrix"] == {
        "broken_layers/bills_ordered_quantity": {"M1": ["partial-shipment"]},
        "broken_layers/drops_correlation": {"A1": ["happy-path"]},
    }
    assert {how for each in document["variants"] for how in each["played"].values()} == {"virtual"}
    assert json.loads((tmp_path / "here" / "kill-matrix.json").read_text("utf-8")) == document
    assert (tmp_path / "here" / "kill-matrix.md").is_file()
    runs = tmp_path / "here" / "broken_layers" / "drops_correlation" / "virtual-1"
    assert {"plan.yaml", "result.json", "report.html"} <= {file.name for file in runs.iterdir()}


def test_a_survivor_and_a_bug_that_another_invariant_finds_end_with_exit_code_1(
    crossdock: Crossdock, tmp_path: Path
) -> None:
    survivor = declared(tmp_path / "sound", "E1", EXAMPLES / "reference_layer")
    text = (survivor / "target.yaml").read_text("utf-8")
    (survivor / "target.yaml").write_text(text.replace("directory: ..", f"directory: {EXAMPLES}"), "utf-8")
    mistaken = declared(tmp_path / "mistaken", "E1", BROKEN / "bills_ordered_quantity")

    done = crossdock("selftest", survivor, mistaken)

    assert done.code == 1, done.out + done.err
    assert "sound: survived: no invariant spoke; happy-path, partial-shipment passed" in done.out
    assert "mistaken: it breaks E1, and only M1 spoke" in done.out
    assert "FAIL: 0 of 2 bugs found by what they break" in done.out


@pytest.mark.parametrize("word", ["no_event_dedupe", "nowhere/at/all"])
def test_a_layer_that_is_not_there_is_refused(word: str, crossdock: Crossdock) -> None:
    done = crossdock("selftest", word)

    assert done.code == 2
    assert f"there is no layer {word!r}" in done.err
