"""Sees when what a simulation was made from is changed: contracts, and the file of data.

Once a second it compares names, sizes and times of some hundred files, which takes a millisecond and reads none of
them. What was changed is read before anything is begun anew, so that a slip of the pen stops nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ...contracts import documents, yaml_document
from ...scenarios.seeding import data_file

EVERY_S = 1.0
READ_BY_PROGRAM = (".yaml", ".json")

Seen = dict[Path, tuple[int, int]]
"""File → its size and when it was changed, nanoseconds since the epoch."""


class Watch:
    """`begin_anew` is called once, when something has changed that can be read; `report` hears of what can't."""

    def __init__(
        self,
        files: Callable[[], Iterable[Path]],
        read: Callable[[Path], str],
        begin_anew: Callable[[], None],
        report: Callable[[str], None],
    ) -> None:
        self._files = files
        self._read = read
        self._begin_anew = begin_anew
        self._report = report
        self._seen = _seen(files())

    def begin(self) -> None:
        """Look every second from now on, on the running loop."""
        asyncio.get_running_loop().call_later(EVERY_S, self._look_again)

    def look(self) -> bool:
        """Whether something has changed that can be read."""
        before, self._seen = self._seen, _seen(self._files())
        changed = [path for path in before | self._seen if before.get(path) != self._seen.get(path)]
        problems = [problem for path in changed if path in self._seen and (problem := self._read(path))]
        for problem in problems:
            self._report(f"{problem}; what runs goes on as it was")
        return bool(changed) and not problems

    def _look_again(self) -> None:
        if self.look():
            self._begin_anew()
        else:
            self.begin()


def contracts() -> Iterator[Path]:
    """The documents that the parties are made from."""
    for ending in READ_BY_PROGRAM:
        yield from documents.FOLDER.rglob(f"*{ending}")


def _seen(files: Iterable[Path]) -> Seen:
    seen = {}
    for path in files:
        try:
            found = path.stat()
        except OSError:
            continue  # it is being replaced, and seen the next time
        seen[path] = (found.st_size, found.st_mtime_ns)
    return seen


def data_problem(path: Path) -> str:
    """Why a file of data can't be used, "" when it can."""
    try:
        data_file.read(path)
    except data_file.DataFileError as error:
        return str(error)
    return ""


def syntax_problem(path: Path) -> str:
    """Why a document can't be read, "" when it can."""
    try:
        yaml_document.read(path.read_bytes())  # which reads JSON too
    except yaml_document.YamlError as error:
        return f"{path}, line {error.line}, column {error.column}: {error}"
    except OSError as error:
        return f"{path}: {error.strerror}"
    return ""
