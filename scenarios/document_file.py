"""A YAML file that people write: read, checked by its schema, and what is wrong in it told by line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ..contracts import documents, yaml_document
from ..contracts.validation import Validator
from .entry import Problem


class ScenarioError(Exception):
    """A scenario, or a fault set, that can't be used as it stands; `problems` are whole sentences, all at once."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class DocumentFile:
    """The file's text and what it says."""

    path: Path
    text: bytes
    document: Any

    @cached_property
    def _positions(self) -> dict[str, yaml_document.Position]:
        return yaml_document.positions(self.text)

    def against(self, schema: str) -> Iterator[Problem]:
        """What the schema has against it."""
        yield from schema_problems(self.document, schema)

    def sentence(self, place: str, problem: str) -> str:
        """A problem with the file, and with the line, column and name of the place."""
        line, column = yaml_document.nearest(self._positions, place)
        return f"{self.path}, line {line}, column {column}: {dotted(place) or 'the document'}: {problem}"


def read(path: Path) -> DocumentFile:
    """Raises: ScenarioError when it is not there, or no YAML."""
    try:
        text = path.read_bytes()
        return DocumentFile(path, text, yaml_document.read(text))
    except OSError as error:
        raise ScenarioError(f"{path}: can't be read: {error.strerror}") from error
    except yaml_document.YamlError as error:
        raise ScenarioError(f"{path}, line {error.line}, column {error.column}: this is not YAML: {error}") from error


def schema_problems(document: Any, schema: str) -> list[Problem]:
    """What a schema of the contracts has against a document."""
    return [(error.pointer, error.message) for error in _validator(schema).errors(document)]


@cache
def _validator(schema: str) -> Validator:
    return Validator(documents.load(schema))


def dotted(place: str) -> str:
    """A JSON Pointer as people read it: `faults.0.party`."""
    return place.strip("/").replace("/", ".")
