"""A file of world data (contracts/harness/v1/world-data.json), with every error at its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from ...contracts import yaml_document
from ...contracts.bundling import bundle_schema
from ...contracts.validation import Validator
from .entering import Problem
from .world_data import WorldData


class DataFileError(Exception):
    """A data file that can't be used; `problems` are whole sentences, all of them at once."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file as it was read."""

    path: Path
    text: bytes
    data: WorldData

    def refused(self, problems: Iterable[Problem]) -> DataFileError:
        """The error for what the parties' rules refuse."""
        return DataFileError(*(_sentence(self.path, self.text, *problem) for problem in problems))


@cache
def form() -> Validator:
    """The validator of such a file's content."""
    return Validator(bundle_schema("#", "harness/v1/world-data.json"))


def read(path: Path) -> DataFile:
    """Raises: DataFileError with all that no schema would let through, each with its line."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise DataFileError(f"{path}: can't be read: {error.strerror}; --data takes a YAML or JSON file") from error
    try:
        document = yaml_document.read(text)
    except yaml_document.YamlError as error:
        raise DataFileError(f"{path}, line {error.line}, column {error.column}: this is not YAML: {error}") from error
    if errors := form().errors(document):
        raise DataFileError(*(_sentence(path, text, error.pointer, error.message) for error in errors))
    return DataFile(path, text, typed(document))


def typed(document: dict[str, Any]) -> WorldData:
    """What a checked document says. Not strictly, because 12.0 is a whole number in JSON Schema."""
    data = {name: value for name, value in document.items() if name != "crossdock"}
    return msgspec.convert(data, WorldData, strict=False)


def _sentence(path: Path, text: bytes, pointer: str, problem: str) -> str:
    line, _ = yaml_document.position(text, pointer)
    place = pointer.strip("/").replace("/", ".") or "the document"
    return f"{path}, line {line}: {place}: {problem}"
