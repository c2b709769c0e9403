"""The composition root of a run: the only place that looks at the machine's clock, its chance and its environment."""

from __future__ import annotations

import gc
import os
import secrets
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from .out_folder import emptied
from .told_to_end import until_told_to_end

T = TypeVar("T")
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
RUNS = Path(".crossdock") / "runs"
# So many objects come into being, more than go, before the garbage collector looks for cycles among them.
YOUNG_OBJECTS = 20_000


def now() -> datetime:
    return datetime.now(UTC)


def fresh_mark() -> str:
    """Four letters and digits that tell this run's business keys from every other's."""
    return "".join(secrets.choice(LETTERS) for _ in range(4))


def new_folder(mark: str, out: Path | None) -> Path:
    """The folder of a run, made; `.crossdock/latest` points at it unless the user named one."""
    if out is not None:
        return emptied(out)
    folder = RUNS / f"{now():%Y%m%d-%H%M%S}-{mark}"
    folder.mkdir(parents=True)
    latest = RUNS.parent / "latest"
    fresh = RUNS.parent / f".latest-{mark}"
    fresh.symlink_to(folder.relative_to(RUNS.parent))
    fresh.replace(latest)
    return folder


def command_line() -> str:
    """How this run was called, to be called again."""
    import shlex

    return shlex.join(["crossdock", *sys.argv[1:]])


def shown(path: Path) -> Path:
    """A path as one would type it here: relative when it lies below the working directory."""
    here = Path.cwd().resolve()
    return path.relative_to(here) if path.is_relative_to(here) else path


def environment() -> dict[str, str]:
    return dict(os.environ)


def mark_of(seed: int) -> str:
    """The mark of a run in virtual time: no target outlives such a run, so the same seed may have the same keys."""
    digits = "".join(LETTERS[seed // len(LETTERS) ** place % len(LETTERS)] for place in (2, 1, 0))
    return f"V{digits}"


def run_virtually(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run in virtual time."""
    from ...simulators.virtual import loop

    spare_the_collector()
    return loop.run(main)


def run_loop(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run on uvloop where there is one. Raises: ToldToEnd."""
    spare_the_collector()
    try:
        import uvloop
    except ImportError:
        import asyncio

        return asyncio.run(until_told_to_end(main))
    return uvloop.run(until_told_to_end(main))


@cache
def spare_the_collector() -> None:
    """Have the garbage collector look at what is new, seldom, and not at what the imports left for good.

    What the simulators keep are records without cycles (gc=False), so there is little to find, and much that would be
    walked through in vain: modules, functions, schemas. Once in a process: what later runs leave is not for good.
    """
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


def start_again() -> NoReturn:
    """Put the same command line, begun anew, in the place of this process."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
