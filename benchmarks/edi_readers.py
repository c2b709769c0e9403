"""Run as a program: read an X12 file with one reader and print what it took, as JSON.

python edi_readers.py crossdock|bots|pyx12 FILE
"""

import json
import logging
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

REPEATS = 5
LARGE_BYTES = 10_000_000


def crossdock(file: Path) -> Callable[[], int]:
    from crossdock.contracts.edi import GroupEnd, TransactionSet, read, standard_guides

    guides = standard_guides()

    def once() -> int:
        segments = 4  # ISA, GS, GE, IEA
        with file.open("rb") as source:
            for event in read(source, guides):
                if isinstance(event, TransactionSet):
                    segments += len(event.segments)
                    assert event.result.code == "A", event.result
                elif isinstance(event, GroupEnd):
                    assert event.result.code == "A", event.result.errors
        return segments

    return once


def bots(file: Path) -> Callable[[], int]:
    from edi_parser.api import parse_edi  # type: ignore[import-untyped]  # it has no types

    logging.disable(logging.CRITICAL)
    text = file.read_text("utf-8")

    def once() -> int:
        found = parse_edi(text, "x12", "x12", field_validation_mode="strict")
        assert found["success"], found["errors"]
        assert not found["errors"], found["errors"]
        return text.count("~")

    return once


def pyx12(file: Path) -> Callable[[], int]:
    from pyx12.x12file import X12Reader  # type: ignore[import-not-found]  # in an environment of its own

    def once() -> int:
        with file.open(encoding="utf-8") as source:
            reader = X12Reader(source)
            count = sum(1 for _ in reader)
        assert not reader.pop_errors()
        return count

    return once


def main(name: str, file: Path) -> None:
    """Time it, the best of several times; a large file is read once."""
    once = {"crossdock": crossdock, "bots": bots, "pyx12": pyx12}[name](file)
    taken = []
    segments = 0
    for _ in range(1 if file.stat().st_size > LARGE_BYTES else REPEATS):
        began = time.perf_counter()
        segments = once()
        taken.append(time.perf_counter() - began)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"segments_per_s": segments / min(taken), "segments": segments, "peak_mb": peak_mb}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
