"""The documents that somebody names on a command line: files, folders, and either of a revision in git."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import document_source
from .documents import FOLDER, NoDocument

ENDINGS = (".json", ".yaml", ".yml")
# What comes along with tools, and is nobody's contract.
_NOT_CONTRACTS = frozenset({"node_modules", "__pycache__", "meta"})


@dataclass(frozen=True, slots=True)
class DocumentSet:
    """`documents` by the names that `documents.load` takes; `named`: it was one file, and somebody asked for it.

    `base` is what the names begin with, so that the same document of two sets has the same rest.
    """

    documents: tuple[str, ...]
    named: bool
    base: str

    def relative(self, document: str) -> str:
        """The name of one of the documents within the set; of a single file, its last part."""
        return document.removeprefix(self.base).lstrip("/") if not self.named else document.rpartition("/")[2]


def ours() -> DocumentSet:
    """The documents that come with Crossdock, without copies of published meta-schemas."""
    return _folder(FOLDER)


def document_set(word: str) -> DocumentSet:
    """The documents that a word means.

    Raises: NoDocument when there are none.
    """
    if word.startswith(document_source.GIT):
        return _of_git(word)
    if word.startswith(("https://", "http://")):
        return DocumentSet((word,), True, word)
    path = Path(word).absolute()
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise NoDocument(word, "there is no such file or folder")
    return DocumentSet((_name(path),), True, _name(path))


def _of_git(word: str) -> DocumentSet:
    names = document_source.files(word)
    if names == [word]:
        return DocumentSet((word,), True, word)
    return DocumentSet(tuple(name for name in names if name.endswith(ENDINGS) and _is_contract(name)), False, word)


def _folder(folder: Path) -> DocumentSet:
    return DocumentSet(tuple(_name(path) for path in _files(folder)), False, "" if folder == FOLDER else _name(folder))


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        inside = Path(place)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _NOT_CONTRACTS)
        yield from (inside / name for name in sorted(names) if name.endswith(ENDINGS) and not name.startswith("."))


def _is_contract(name: str) -> bool:
    parts = name.rpartition(":")[2].split("/")
    return not any(part in _NOT_CONTRACTS or part.startswith(".") for part in parts)


def _name(path: Path) -> str:
    """A file of ours has the name that other documents refer to it by."""
    real = Path(os.path.normpath(path))
    return str(real.relative_to(FOLDER)) if real.is_relative_to(FOLDER) and real != FOLDER else str(real)
