"""What a file asks a party to do, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...refusal import Refusal


@dataclass(frozen=True, slots=True)
class FileRequest:
    """One request out of a file: an operation of the party's contract with its JSON body and its parameters by name.

    `place` is where it stands in the file, in the format's own words (set 0001, rows 2 to 4).
    """

    operation: str
    body: Any
    place: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the party made of a request: nothing to object, or why not."""

    request: FileRequest
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Unusable:
    """A part of a file, or the whole of it, that could not be understood; `problem` says where and why."""

    place: str
    problem: str


@dataclass(frozen=True, slots=True)
class FileDocument:
    """A file for the partner."""

    name: str
    content: bytes
