"""The machine that was measured on: without it a number says nothing."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVER_CORE, CLIENT_CORE = 0, 1


@dataclass(frozen=True, slots=True)
class Machine:
    """`loop_ns` is what one step of a plain Python loop takes at best: the same machine may be half as fast a minute
    later when others use it, and this shows it. `load` is the load average of the last minute.
    """

    processor: str
    cores: int
    system: str
    python: str
    load: float
    loop_ns: float

    def __str__(self) -> str:
        return (
            f"{self.cores} cores of {self.processor}, {self.system}, {self.python}; "
            f"load {self.load:.1f} before, {self.loop_ns:.0f} ns for a step of a loop"
        )


def this_machine() -> Machine:
    """The machine as it is now."""
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        system=f"{platform.system()} {platform.release()}",
        python=f"{platform.python_implementation()} {platform.python_version()}",
        load=round(os.getloadavg()[0], 2),
        loop_ns=round(min(_loop_ns() for _ in range(20)), 1),
    )


def can_pin() -> bool:
    """Whether server and client can have a core each."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > max(SERVER_CORE, CLIENT_CORE)


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """Keep this process on one core, and what it starts meanwhile for good, where that is possible."""
    if core is None or not can_pin() or sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _loop_ns(steps: int = 50_000) -> float:
    began = time.perf_counter()
    total = 0
    for step in range(steps):
        total += step * step
    return (time.perf_counter() - began) / steps * 1e9
