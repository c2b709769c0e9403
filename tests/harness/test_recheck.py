"""crossdock report --recheck: a finished run judged anew from its journal."""

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from crossdock.harness.cli import cli
from crossdock.tests.harness.virtual.playing import EXAMPLES, REFERENCE, play

BROKEN = EXAMPLES / "broken_layers" / "bills_ordered_quantity" / "target.yaml"


def played(target: Path, folder: Path) -> Path:
    """The folder of a finished run."""
    result = play(target, folder, "partial-shipment")
    (folder / "result.json").write_bytes(msgspec.json.encode(result))
    return folder


def recheck(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["report", str(folder), "--recheck", *words])


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return played(REFERENCE, tmp_path_factory.mktemp("healthy"))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return played(BROKEN, tmp_path_factory.mktemp("broken"))


def test_a_run_that_passed_passes_again(healthy: Path) -> None:
    done = recheck(healthy)

    assert done.exit_code == 0, done.output
    assert "the same findings as in the run's result\n" in done.stdout
    assert "PASS: 0 findings of" in done.stdout


def test_a_run_that_failed_has_the_findings_of_its_result_again(broken: Path) -> None:
    result = json.loads((broken / "result.json").read_text())
    before = {(each["invariant"], each["key"]) for scenario in result["scenarios"] for each in scenario["findings"]}

    done = recheck(broken, "--format", "json")

    again = json.loads(done.stdout)
    assert done.exit_code == 1
    assert {(each["invariant"], each["key"]) for each in again["findings"]} == before
    assert (again["fresh"], again["lost"]) == ([], [])
    assert {"C2", "R2"} <= set(again["partly"])


def test_a_finding_on_one_side_only_is_told_as_such(broken: Path, healthy: Path, tmp_path: Path) -> None:
    for name, journal, result in (("fresh", broken, healthy), ("lost", healthy, broken)):
        mixed = tmp_path / name
        mixed.mkdir()
        (mixed / "journal.ndjson").write_bytes((journal / "journal.ndjson").read_bytes())
        document = json.loads((result / "result.json").read_text())
        (mixed / "result.json").write_text(json.dumps({**document, "journalLink": ""}))

    assert "not in the run's result: M1 " in recheck(tmp_path / "fresh").stdout
    done = recheck(tmp_path / "lost")
    assert (done.exit_code, "only in the run's result" in done.stdout) == (0, True)


def test_a_line_that_was_changed_is_named_and_nothing_is_judged(healthy: Path, tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes((healthy / "result.json").read_bytes())
    lines = (healthy / "journal.ndjson").read_bytes().splitlines(keepends=True)
    lines[6] = lines[6].replace(b'"seq":7', b'"seq":9')
    (tmp_path / "journal.ndjson").write_bytes(b"".join(lines))

    done = recheck(tmp_path)

    assert done.exit_code == 2
    assert "line 7: the hash chain breaks here" in done.stderr


def test_what_can_not_be_rechecked_is_refused(healthy: Path, tmp_path: Path) -> None:
    assert "leave out --against" in recheck(healthy, "--against", str(healthy)).stderr
    assert "choose one of terminal, json" in recheck(healthy, "--format", "junit").stderr
    (tmp_path / "result.json").write_bytes((healthy / "result.json").read_bytes())
    done = recheck(tmp_path)
    assert (done.exit_code, "there is nothing to judge anew" in done.stderr) == (2, True)
