"""What a file asks a party to do, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
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
    """What the party made of a request: nothing to object, or why not. `unread`: why it is to be answered as one that
    could not even be read, "" when it could; `whole`: so it was with all of the file.
    """

    request: FileRequest
    refusal: Refusal | None = None
    unread: str = ""
    whole: bool = False


class Flaw(StrEnum):
    """What is wrong with a part of a file."""

    UNREADABLE = "unreadable"
    """It is nothing that was agreed upon."""
    BAD_FORM = "bad-form"
    """It breaks the guide or the layout, or its control totals."""
    NUMBER_USED = "number-used"
    """Its number was there before, or is none."""
    REPEATED = "repeated"
    """The same was there before; nothing is wrong with that but that it is not carried out twice."""
    NOT_FOR_US = "not-for-us"
    """It names another receiver."""
    NOT_FROM_PARTNER = "not-from-partner"
    """It names another sender."""
    WRONG_USAGE = "wrong-usage"
    """A test where production was agreed upon, or the reverse."""
    TORN = "torn"
    """It is right itself, but belongs to something that is not."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """A part of a file, or the whole of it, that could not be understood; `problem` says where and why. `about` is the
    number of the order or return that it names, as far as that could be read.
    """

    place: str
    problem: str
    flaw: Flaw
    about: str = ""


@dataclass(frozen=True, slots=True)
class FileDocument:
    """A file for the partner. `kind` is its set or layout; documents of a `series` are numbered together. `group` are
    functional id and control number of the group in it that the partner is to acknowledge, None where there is nothing
    to acknowledge.
    """

    name: str
    content: bytes
    kind: str
    number: int
    series: str = ""
    group: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """The partner could not use a document of ours, which went out under `number`; `code` in the format's own way."""

    series: str
    number: int
    code: str
