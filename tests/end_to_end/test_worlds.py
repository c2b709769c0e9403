"""Scenarios that need a world to themselves are played in several at once, each with a layer of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crossdock.contracts import documents
from crossdock.contracts.validation import Validator
from crossdock.simulators.journal import read
from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock

REFERENCE = EXAMPLES / "reference_layer" / "target.yaml"
FORGETFUL = EXAMPLES / "broken_layers" / "forgets_inbox_on_restart" / "target.yaml"
FAST = ("--days-per-second", "4")


def changed(target: Path, folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of a target's description with some of its text changed."""
    text = target.read_text("utf-8").replace("directory: ../..", f"directory: {EXAMPLES}")
    for old, new in (("directory: ..\n", f"directory: {EXAMPLES}\n"), *changes):
        assert old in text or old.startswith("directory"), f"{old} is not in {target}"
        text = text.replace(old, new)
    file = folder / "target.yaml"
    file.write_text(text, "utf-8")
    return file


def layers_of(folder: Path) -> list[str]:
    """The layers that were given a place below the folder and run."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdecimal() and f"LAYER_DB={folder}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text("utf-8"))
        except OSError:
            continue  # it has ended, or is somebody else's
    return found


@pytest.mark.slow
def test_each_world_has_its_journal_and_all_of_them_are_judged_anew(crossdock: Crossdock, tmp_path: Path) -> None:
    scenarios = ("upload-breaks-off", "warehouse-down--seconds", "crash-during-download")
    done = crossdock("run", "happy-path", *scenarios, "--target", REFERENCE, *FAST, "--json", "--out", "run")

    assert done.code == 0, done.out[-3000:] + done.err
    assert Validator(documents.load("harness/v1/result.json")).errors(done.result) == []
    played_in = {scenario["id"]: scenario.get("world", 1) for scenario in done.result["scenarios"]}
    assert played_in == {"happy-path": 1, **dict(zip(scenarios, (3, 2, 1), strict=True))}
    assert [world["journal"] for world in done.result["worlds"]] == [
        "worlds/2/journal.ndjson",
        "worlds/3/journal.ndjson",
    ]
    run = tmp_path / "run"
    orders = [order for scenario in done.result["scenarios"] for order in scenario["orders"]]
    assert len({order["orderId"] for order in orders}) == len(orders), "no two orders go by the same name"
    for scenario in done.result["scenarios"]:
        world = played_in[scenario["id"]]
        journal = run / ("" if world == 1 else f"worlds/{world}") / "journal.ndjson"
        told_of = {entry.order_id for entry in read(journal)}
        assert told_of >= {order["orderId"] for order in scenario["orders"]}, scenario["id"]
    assert layers_of(tmp_path) == []

    again = crossdock("report", "run", "--recheck", "--format", "json")
    found = json.loads(again.out)
    assert (again.code, found["orders"]) == (0, done.result["statistics"]["orders"]), again.err
    lines = [len(file.read_bytes().splitlines()) for file in run.rglob("journal.ndjson")]
    assert (found["entries"], len(lines)) == (sum(lines), 3)

    journal = run / "worlds" / "2" / "journal.ndjson"
    octets = journal.read_bytes()
    journal.write_bytes(octets.replace(b'"seq":7', b'"seq":9', 1))
    damaged = crossdock("report", "run", "--recheck")
    assert (damaged.code, "worlds/2/journal.ndjson, line 7: the hash chain breaks here" in damaged.err) == (2, True)
    journal.unlink()
    missing = crossdock("report", "run", "--recheck")
    assert (missing.code, "holds no worlds/2/journal.ndjson" in missing.err) == (2, True)


@pytest.mark.slow
def test_what_is_found_beside_the_first_world_names_its_journal(crossdock: Crossdock, tmp_path: Path) -> None:
    target = changed(FORGETFUL, tmp_path, ("  ready:", "  at_once: 2\n  ready:"))
    bug, other = "crash-after-acknowledgement", "warehouse-down--seconds"
    done = crossdock("run", bug, other, "--target", target, *FAST, "--json", "--out", "run")

    assert done.code == 1, done.out[-3000:] + done.err
    (broken, whole) = done.result["scenarios"]
    assert (broken["world"], whole.get("world", 1)) == (2, 1)
    assert (broken["verdict"], whole["verdict"]) == ("FAIL", "PASS")
    assert {finding["world"] for finding in broken["findings"]} == {2}
    assert "worlds/2/journal.ndjson" in crossdock("report", "run", "--format", "junit").out
    again = crossdock("report", "run", "--recheck", "--format", "json")
    found = json.loads(again.out)
    assert (again.code, found["fresh"]) == (1, []), again.err
    assert {finding["world"] for finding in found["findings"]} == {2}


@pytest.mark.slow
def test_a_layer_that_bears_no_other_beside_it_is_a_matter_of_its_description(
    crossdock: Crossdock, tmp_path: Path
) -> None:
    lock = tmp_path / "only-one"
    alone = f'["sh", "-c", "mkdir {lock} || exit 7; exec ${{PYTHON}} -m reference_layer"]'
    target = changed(REFERENCE, tmp_path, ('["${PYTHON}", "-m", "reference_layer"]', alone))
    done = crossdock("run", "erp-outage", "crm-outage", "--target", target, *FAST, "--json", "--out", "run")

    assert (done.code, done.result["verdict"]) == (2, "CONFIG_ERROR"), done.err
    assert "number 2 could not be started beside it" in done.result["advice"]
    assert "take start.at_once out of" in done.result["advice"]
    assert "exit code 7" in done.result["advice"]
    assert layers_of(tmp_path) == []


@pytest.mark.slow
def test_an_interrupted_run_leaves_no_layer_in_any_world(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "crossdock.harness.cli", "run", "erp-outage", "crm-outage", "erp-brownout"]
    with subprocess.Popen(
        [*command, "--target", str(REFERENCE)], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        strikes = 0
        while strikes < 3:
            line = running.stderr.readline()
            assert line, "it ended before all worlds had begun"
            strikes += "strike" in line
        assert len(layers_of(tmp_path)) == 3
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)

    assert running.returncode == 130, err
    assert "Traceback" not in err
    assert layers_of(tmp_path) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--worlds", "0"), "0 is not in the range"),
        (("--worlds", "5"), "allows 4 (start.at_once). If the layer listens at ${PORT}"),
        (("--worlds", "2", "--virtual"), "in virtual time there is one"),
    ],
)
def test_more_worlds_than_there_can_be_are_refused(words: tuple[str, ...], said: str, crossdock: Crossdock) -> None:
    done = crossdock("run", "happy-path", "--target", REFERENCE, *words)

    assert (done.code, said in done.err) == (2, True), done.err


def test_a_layer_that_is_not_ours_to_start_has_one_world(crossdock: Crossdock, tmp_path: Path) -> None:
    target = tmp_path / "target.yaml"
    target.write_text("crossdock: 1\nname: ours\nevents: {subscribe: layer}\nparties: {crm: {port: 8001}}\n", "utf-8")

    done = crossdock("run", "happy-path", "--target", target, "--worlds", "3")

    assert (done.code, "has no `start`" in done.err) == (2, True), done.err
