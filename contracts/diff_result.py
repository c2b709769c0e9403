"""The result document of `crossdock contract diff`. Its schema is contracts/harness/v1/diff-result.json."""

from __future__ import annotations

from typing import Literal

import msgspec

SCHEMA = "https://contracts.crossdock.example/harness/v1/diff-result.json"
LevelName = Literal["breaking", "dangerous", "compatible"]
DirectionName = Literal["taken", "given"]
FailOnLevel = Literal["breaking", "dangerous", "none"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Base of all parts of the document."""


class ChangeRuleInWords(_Part, kw_only=True, frozen=True):
    """A rule of which changes were found, and what it says."""

    id: str
    title: str
    because: str


class Place(_Part, kw_only=True, frozen=True):
    """`line` and `column` count from 1; `pointer` is an RFC 6901 JSON Pointer."""

    file: str
    line: int
    column: int
    pointer: str


class MetBy(_Part, kw_only=True, frozen=True):
    """Where a partner meets the change: in an operation or an event, in what of it, in which field, going which way."""

    operation: str
    direction: DirectionName
    level: LevelName
    role: str = ""
    field: str = ""


class Hit(_Part, kw_only=True, frozen=True):
    """A consumer that is known to use what changed. `because` is the interaction, or the recorded use, that says so."""

    consumer: str
    file: str
    because: str


class ChangeFinding(_Part, kw_only=True, frozen=True):
    """One difference. `waived` is the reason why it is put up with; "" when it counts.

    `needs_person`: nobody could tell how the new values lie to the old ones.
    """

    rule: str
    level: LevelName
    what: str
    why: str
    old: Place
    new: Place
    needs_person: bool = False
    met_by: tuple[MetBy, ...] = ()
    hits: tuple[Hit, ...] = ()
    waived: str = ""


class ComparedDocument(_Part, kw_only=True, frozen=True):
    """Two versions of a document. `old` or `new` is "" where there is none; `compared` is false for kinds of documents
    that nobody compares.
    """

    old: str
    new: str
    kind: str
    compared: bool = True


class DiffResult(_Part, kw_only=True, frozen=True):
    """The document. `consumers` are those that pacts and recorded runs tell of, so that silence about them means
    something.
    """

    schema: str = SCHEMA
    crossdock: str
    command: str
    exit_code: int
    old: str
    new: str
    fail_on: FailOnLevel = "breaking"
    documents: tuple[ComparedDocument, ...] = ()
    rules: tuple[ChangeRuleInWords, ...] = ()
    changes: tuple[ChangeFinding, ...] = ()
    consumers: tuple[str, ...] = ()

    def counting(self, level: LevelName) -> list[ChangeFinding]:
        """The changes of a level that are not waived."""
        return [change for change in self.changes if change.level == level and not change.waived]
