"""The same seed gives the same journal, byte for byte, wherever and however often it is run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crossdock.tests.harness.virtual.playing import REFERENCE, play

# Webhooks, files of both kinds, people's later actions, faults before and after the commit, an outage of a party.
VARIED = ("happy-path", "timeout-after-commit", "regional-partial-shipment", "return-whole", "warehouse-outage")
MANY = 100


def fingerprint(folder: Path, seed: int, *scenarios: str) -> str:
    result = play(REFERENCE, folder, *scenarios, seed=seed)
    assert result.verdict == "PASS", result.advice or result.errors
    return hashlib.sha256((folder / "journal.ndjson").read_bytes()).hexdigest()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_seed_gives_the_same_journal_again(seed: int, tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "one", seed, *VARIED) == fingerprint(tmp_path / "other", seed, *VARIED)


def test_another_seed_gives_another_course_of_events(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "one", 1, "happy-path") != fingerprint(tmp_path / "other", 2, "happy-path")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_each_of_many_seeds_gives_the_same_journal_again(tmp_path: Path) -> None:
    seeds = range(1, MANY + 1)
    ones = {fingerprint(tmp_path / f"{seed}", seed, "timeout-after-commit") for seed in seeds}
    others = {fingerprint(tmp_path / f"again-{seed}", seed, "timeout-after-commit") for seed in seeds}

    assert ones == others
    assert len(ones) == MANY


@pytest.mark.slow
def test_processes_that_hash_differently_write_the_same_journal(tmp_path: Path) -> None:
    journals = {_in_a_process(tmp_path / hash_seed, hash_seed) for hash_seed in ("0", "1", "4711")}

    assert len(journals) == 1


def _in_a_process(folder: Path, hash_seed: str) -> bytes:
    words = ["run", *VARIED, "--virtual", "--target", str(REFERENCE), "--seed", "7", "--out", str(folder)]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "crossdock.harness.cli", *words],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return (folder / "journal.ndjson").read_bytes()
