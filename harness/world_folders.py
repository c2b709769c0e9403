"""Where in the folder of a run each of its worlds leaves what it leaves: the first in the folder itself, each other one
in a folder of its own below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from ..simulators.journal import Entry, read

JOURNAL = "journal.ndjson"
WORLDS = "worlds"


def below(number: int) -> str:
    """The folder of a world, counted from 1, relative to that of the run."""
    return "" if number == 1 else f"{WORLDS}/{number}"


class NoJournal(Exception):
    """The folder is not that of a run."""


def world_folders(run: Path) -> list[Path]:
    """The folders of the worlds of a run by number, each with a journal. Raises: NoJournal."""
    if not (run / JOURNAL).is_file():
        raise NoJournal(f"{run} holds no {JOURNAL}: name the folder of a run")
    others = [path.parent for path in (run / WORLDS).glob(f"*/{JOURNAL}") if path.parent.name.isdigit()]
    return [run, *sorted(others, key=lambda folder: int(folder.name))]


def entries(run: Path) -> Iterator[Entry]:
    """All entries of a run's journals, one after the other: what is said of an exchange is complete before the next
    journal begins, which counts from the beginning again. Raises: NoJournal, JournalDamaged.
    """
    return chain.from_iterable(read(folder / JOURNAL) for folder in world_folders(run))
