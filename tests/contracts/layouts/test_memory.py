"""A file of 100 MB takes no more memory than one of 5 MB."""

from __future__ import annotations

import subprocess
import sys

import pytest

MEGABYTES_MORE = 8


def taken(what: str, megabytes: int) -> tuple[int, int]:
    """Rows, and the most megabytes that the process had at a time."""
    command = [sys.executable, "-P", "-m", "crossdock.tests.contracts.layouts.large_file", what, str(megabytes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=110)
    rows, resident = done.stdout.split()
    return int(rows), int(resident)


@pytest.mark.slow
@pytest.mark.parametrize(("what", "large"), [("read", 100), ("write", 25)])
def test_memory_does_not_grow_with_the_file(what: str, large: int) -> None:
    few, before = taken(what, 5)
    many, after = taken(what, large)

    assert many > few * large / 6
    assert after - before < MEGABYTES_MORE
