"""How fast a journal is judged by all invariants, and in how much memory, as it gets longer.

The journal is that of a run in virtual time, told again and again under other marks, as of one layer that works on: a
batch of orders is open at any time, never all of them.
"""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from math import ceil
from pathlib import Path

import msgspec
from msgspec.structs import replace

from crossdock.benchmarks.measure import Figure, Goal, Measured, MeasureError, main
from crossdock.harness.journal_check import check
from crossdock.harness.judge import Judge
from crossdock.harness.target import load
from crossdock.harness.terms import terms_of
from crossdock.simulators.journal import FIRST_LINK, Entry

TARGET = Path(__file__).parents[1] / "examples" / "reference_layer" / "target-rest.yaml"
BATCH = 25  # `--orders`: as many quotes and as many orders
LENGTHS = (10_000, 100_000, 1_000_000)
MARK = b"V227"  # of seed 5
KILOBYTE = 1e3


def measure() -> Measured:
    """Raises: MeasureError when something is found in the journal of a healthy layer."""
    measured = Measured("journal_check", "a journal before all invariants, one process on one core")
    with tempfile.TemporaryDirectory(prefix="crossdock-benchmark-") as folder:
        run = Path(folder) / "run"
        _play(run)
        journal = Path(folder) / "journal.ndjson"
        for length in LENGTHS:
            _tell_again(run / "journal.ndjson", journal, length)
            _take(measured, journal, length)
    measured.notes = [
        f"a batch is happy-path with --orders {BATCH} on the reference layer, {2 * BATCH} whole lifecycles",
        "processor time of all that a check takes, its two ways through the file; the process's greatest memory",
    ]
    return measured


def _play(folder: Path) -> None:
    command = [sys.executable, "-P", "-m", "crossdock.harness.cli", "run", "happy-path", "--orders", str(BATCH)]
    options = ["--virtual", "--seed", "5", "--target", str(TARGET), "--out", str(folder)]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        raise MeasureError(f"the run for the journal failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _take(measured: Measured, journal: Path, length: int) -> None:
    """In a process of its own, so that its memory is that of this check alone."""
    command = [sys.executable, "-P", "-m", "crossdock.benchmarks.journal_check", str(journal)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MeasureError(f"{journal} was not judged:\n{done.stdout}{done.stderr}")
    rate, memory, held = msgspec.json.decode(done.stdout, type=tuple[float, float, int])
    last = length == LENGTHS[-1]
    what = f"{length:,} records"
    measured.figures += [
        Figure(what, "checked", rate, "records/s", Goal("at least", 100_000) if last else None),
        Figure(what, "memory", memory, "MB", Goal("below", 300) if last else None),
        Figure(what, "open orders at most", held),
    ]


def _judge(journal: Path) -> None:
    """Print records per second of processor time, megabytes, and how many orders were open at most."""
    judge = Judge(terms_of(load(TARGET)))
    began = time.process_time()
    checked = check(journal, judge)
    took_s = time.process_time() - began
    found = [finding.summary for outcome in checked.outcomes.values() for finding in outcome.findings]
    if found or checked.errors:
        sys.exit(f"expected no finding, got {found[:3]} {checked.errors}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE
    sys.stdout.buffer.write(msgspec.json.encode((checked.entries / took_s, memory, checked.most_held)))


class _Line(Entry, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    detail: msgspec.Raw = msgspec.Raw()


def _tell_again(journal: Path, file: Path, length: int) -> None:
    """Write the entries of a journal over and over, each time under another mark, until there are so many lines."""
    lines = [msgspec.json.decode(line, type=_Line) for line in journal.read_bytes().splitlines()]
    link = FIRST_LINK
    with file.open("wb") as told:
        for seq in range(ceil(length / len(lines)) * len(lines)):
            number, place = divmod(seq, len(lines))
            line, before = lines[place], seq - place
            moved = replace(line, seq=before + line.seq, exchange=line.exchange and before + line.exchange)
            text = msgspec.json.encode(moved).replace(MARK, b"W%03X" % number)
            link = hashlib.sha256(link.encode() + text).hexdigest()
            told.write(b'%b,"link":"%b"}\n' % (text[:-1], link.encode()))


if __name__ == "__main__":
    if len(sys.argv) == 2 and Path(sys.argv[1]).is_file():
        _judge(Path(sys.argv[1]))
    else:
        main({"journal_check": measure}, sys.argv[1:])
