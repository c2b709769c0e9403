"""How fast a journal is judged by all invariants, and in how much memory, as it gets longer.

The journal is that of a run in virtual time, told again and again under other marks, as of one layer that works on: a
batch of orders is open at any time, never all of them.
"""

from __future__ import annotations

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
from crossdock.harness.cli.composition import spare_the_collector
from crossdock.harness.journal_check import check
from crossdock.harness.judge import Judge
from crossdock.harness.target import load
from crossdock.harness.terms import terms_of
from crossdock.simulators.hash_chain import FIRST_LINK, link_after, seal
from crossdock.simulators.journal import Entry

TARGET = Path(__file__).parents[1] / "examples" / "reference_layer" / "target-rest.yaml"
BATCH = 25  # `--orders`: as many quotes and as many orders
LENGTHS = (10_000, 100_000, 1_000_000)
MARK = b"V227"  # of seed 5
KILOBYTE = 1e3
BOTH = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def measure() -> Measured:
    """Raises: MeasureError when something is found in the journal of a healthy layer."""
    measured = Measured("journal_check", "a journal before all invariants, on two cores")
    with tempfile.TemporaryDirectory(prefix="crossdock-benchmark-") as folder:
        run = Path(folder) / "run"
        _play(run)
        journal = Path(folder) / "journal.ndjson"
        for length in LENGTHS:
            _tell_again(run / "journal.ndjson", journal, length)
            _take(measured, journal, length)
    measured.notes = [
        f"a batch is happy-path with --orders {BATCH} on the reference layer, {2 * BATCH} whole lifecycles",
        "on the clock, as `crossdock report --recheck` does it: a second process checks the hash chain",
        "processor time and greatest memory are those of both processes together",
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
    rate, processor_us, memory, held = msgspec.json.decode(done.stdout, type=tuple[float, float, float, int])
    last = length == LENGTHS[-1]
    what = f"{length:,} records"
    measured.figures += [
        Figure(what, "checked", rate, "records/s", Goal("at least", 100_000) if last else None),
        Figure(what, "processor time of a record", processor_us, "µs"),
        Figure(what, "memory", memory, "MB", Goal("below", 300) if last else None),
        Figure(what, "open orders at most", held),
    ]


def _judge(journal: Path) -> None:
    """Print records per second on the clock, processor time of a record in microseconds, megabytes, and how many orders
    were open at most.
    """
    spare_the_collector()
    judge = Judge(terms_of(load(TARGET)))
    before_s, began = _processor_s(), time.perf_counter()
    checked = check(journal, judge)
    took_s, busy_s = time.perf_counter() - began, _processor_s() - before_s
    found = [finding.summary for outcome in checked.outcomes.values() for finding in outcome.findings]
    if found or checked.errors:
        sys.exit(f"expected no finding, got {found[:3]} {checked.errors}")
    memory = sum(resource.getrusage(who).ru_maxrss for who in BOTH) / KILOBYTE
    told = (checked.entries / took_s, busy_s / checked.entries * 1e6, memory, checked.most_held)
    sys.stdout.buffer.write(msgspec.json.encode(told))


def _processor_s() -> float:
    """Of this process, and of those that have ended."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, BOTH))


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
            text = bytearray(msgspec.json.encode(moved).replace(MARK, b"W%03X" % number))
            link = link_after(link, text)
            seal(text, link)
            told.write(text)


if __name__ == "__main__":
    if len(sys.argv) == 2 and Path(sys.argv[1]).is_file():
        _judge(Path(sys.argv[1]))
    else:
        main({"journal_check": measure}, sys.argv[1:])
