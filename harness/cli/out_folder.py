"""The folder that a user names for what a run leaves: `--out`, and `--replace` where it holds an earlier run.

What an earlier run left there would stand among the new files: its reports, the journals of its other worlds, and what
the layer itself keeps in the run's folder, which would go on where it had ended.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

# By any of these a folder is known to hold a run, repeated runs, a shrunk one or a selftest.
LEFT = ("plan.yaml", "journal.ndjson", "result.json", "repeats.json", "shrunk.json", "kill-matrix.json")


def out_options(what: str) -> Callable[[F], F]:
    """The two options of a command; `what` is what the folder is for, with where it is without them."""

    def add(command: F) -> F:
        replace = click.option("--replace", is_flag=True, help="Empty the folder of --out first, where it holds a run.")
        kind = click.Path(path_type=Path, file_okay=False)
        return click.option("--out", type=kind, metavar="DIR", help=what)(replace(command))

    return add


def refuse_used(out: Path | None, *, replace: bool) -> None:
    """End with exit code 2 when the folder holds a run and nobody has asked to replace it."""
    from .run import refuse

    left = _left(out) if out is not None else ""
    if left and not replace:
        stay = f"{out} holds an earlier run ({left}), whose files would stand among the new ones"
        refuse((f"{stay}: name another folder, or give --replace to have it emptied first",))
    if replace and out is None:
        refuse(("--replace is about the folder that --out names: give --out, or leave it out",))


def emptied(out: Path) -> Path:
    """The folder, made; what an earlier run left in it is gone. One that holds no run is taken as it is."""
    if _left(out):
        shutil.rmtree(out.resolve())
    out.mkdir(parents=True, exist_ok=True)
    return out


def _left(out: Path) -> str:
    return next((name for name in LEFT if (out / name).is_file()), "")
