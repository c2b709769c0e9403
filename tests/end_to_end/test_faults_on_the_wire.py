"""A whole run with something between layer and parties: it is started, it strikes, it catches, and nothing stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock

REFERENCE = EXAMPLES / "reference_layer" / "target.yaml"
# Broken layer → a scenario on the wire that brings its bug to light, and the invariant that speaks.
CAUGHT = {
    "new_key_per_retry": ("killed-connections", "E1"),
    "no_event_dedup": ("acknowledgement-lost", "E1"),
    "swallows_errors": ("flapping-warehouse", "E3"),
}


def processes_in(folder: Path) -> list[str]:
    """The command lines of the processes whose working directory it is."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdecimal() and (process / "cwd").readlink() == folder:
                found.append((process / "cmdline").read_text("utf-8").replace("\0", " "))
        except OSError:
            continue  # it has ended, or is somebody else's
    return found


@pytest.mark.slow
@pytest.mark.parametrize("layer", CAUGHT)
def test_a_broken_layer_is_caught_on_the_wire(layer: str, crossdock: Crossdock) -> None:
    scenario, invariant = CAUGHT[layer]
    target = EXAMPLES / "broken_layers" / layer / "target.yaml"

    done = crossdock("run", scenario, "--target", target, "--days-per-second", "2", "--json")

    assert done.code == 1, done.out[-3000:] + done.err
    (played,) = done.result["scenarios"]
    assert invariant in {finding["invariant"] for finding in played["findings"]}
    assert all(fault["fired"] for fault in played["faults"])


@pytest.mark.slow
def test_a_run_through_the_proxy_leaves_its_traffic_and_no_process(crossdock: Crossdock, tmp_path: Path) -> None:
    done = crossdock("run", "killed-connections", "--har", "--target", REFERENCE, "--days-per-second", "2", "--json")

    assert done.code == 0, done.out[-3000:] + done.err
    assert done.err == "", "no noise"
    folder = (tmp_path / ".crossdock" / "latest").resolve()
    entries = json.loads((folder / "traffic.har").read_text("utf-8"))["log"]["entries"]
    asked = Counter((entry["request"]["method"], entry["request"]["url"].partition("/v1")[2]) for entry in entries)
    assert asked["POST", "/sales-orders"] == 1
    assert asked["POST", "/fulfilment-requests"] == asked["POST", "/invoices"] == 2, (
        "each was struck once, and came again"
    )
    assert processes_in(tmp_path) == []


@pytest.mark.slow
def test_an_interrupted_run_leaves_no_process_either(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "crossdock.harness.cli", "run", "killed-connections", "bad-certificates"]
    with subprocess.Popen(
        [*command, "--target", str(REFERENCE)], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        while "strike" not in (line := running.stderr.readline()):
            assert line, "it ended before anything was struck"
        assert any("proxy_process" in command for command in processes_in(tmp_path))
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)

    assert running.returncode == 130, err
    assert "Traceback" not in err
    assert processes_in(tmp_path) == []


@pytest.mark.slow
def test_what_takes_tls_or_a_restart_is_not_put_to_a_layer_that_claims_neither(crossdock: Crossdock) -> None:
    target = EXAMPLES / "broken_layers" / "never_closes_cases" / "target.yaml"

    done = crossdock("run", "bad-certificates", "unknown-host", "--target", target, "--json")

    assert done.code == 3, done.out[-3000:] + done.err
    assert [scenario["reason"] for scenario in done.result["scenarios"]] == [
        "the target does not claim tls",
        "the target does not claim restart",
    ]
    assert os.listdir(done.folder) == [".crossdock"]  # noqa: PTH208  # the names alone
