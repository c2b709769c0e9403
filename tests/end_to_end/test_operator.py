"""A layer whose own operations want a token."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from crossdock.tests.end_to_end.conftest import Crossdock
from crossdock.tests.harness.planted_layer import EXAMPLES, REFERENCE

TOKEN = "wOperators0nly"
SCENARIOS = ("what-the-dashboard-says", "milestone-set-aside")


def guarded(folder: Path, **more: Any) -> Path:
    """The reference layer, which wants a token."""
    target = yaml.safe_load(REFERENCE.read_text())
    target["start"]["directory"] = str(EXAMPLES)
    target["start"]["environment"]["LAYER_OPERATOR_TOKEN"] = "${LAYER_TOKEN}"
    (folder / "target.yaml").write_text(yaml.safe_dump(target | more))
    return folder / "target.yaml"


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYER_TOKEN", TOKEN)


@pytest.mark.slow
@pytest.mark.parametrize("virtually", [["--virtual"], ["--days-per-second", "2"]], ids=["virtually", "over sockets"])
def test_metrics_and_dead_letters_are_read_with_the_operators_token(
    crossdock: Crossdock, tmp_path: Path, virtually: list[str]
) -> None:
    target = guarded(tmp_path, operator={"token": "${LAYER_TOKEN}"})
    done = crossdock("run", *SCENARIOS, "--target", target, *virtually, "--out", tmp_path / "out", "--json")

    assert done.code == 0, done.out[-3000:] + done.err
    entries = [json.loads(line) for line in (tmp_path / "out" / "journal.ndjson").read_text("utf-8").splitlines()]
    answered = {entry["name"] for entry in entries if entry["party"] == "layer" and entry["kind"] == "ok"}
    assert answered == {"getHealth", "listDeadLetters", "replayDeadLetter", "getMetrics"}
    written = [file for file in (tmp_path / "out").rglob("*") if file.is_file() and file.suffix != ".sqlite"]
    assert len(written) > 3
    assert [file.name for file in written if TOKEN.encode() in file.read_bytes()] == []


@pytest.mark.slow
def test_without_it_it_is_said_where_the_token_belongs(crossdock: Crossdock, tmp_path: Path) -> None:
    done = crossdock("run", "happy-path", "--target", guarded(tmp_path), "--virtual")

    assert done.code == 2
    assert "recovery.dead_letters" in done.out + done.err
    assert "operator.token" in done.out + done.err
