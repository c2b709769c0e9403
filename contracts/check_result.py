"""The result document of `crossdock contract check`. Its schema is contracts/harness/v1/check-result.json."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

SCHEMA = "https://contracts.crossdock.example/harness/v1/check-result.json"
FailOn = Literal["error", "warning", "none"]
SeverityName = Literal["error", "warning", "note"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Base of all parts of the document."""


class CheckedRule(_Part, kw_only=True, frozen=True):
    """A rule that has findings: what it demands, and how severe they are."""

    id: str
    title: str
    severity: SeverityName
    because: str


class CheckFinding(_Part, kw_only=True, frozen=True):
    """What is wrong at a place. `waived` is the reason why it is put up with; "" when it counts.

    `line` and `column` count from 1; `pointer` is an RFC 6901 JSON Pointer.
    """

    rule: str
    severity: SeverityName
    file: str
    line: int
    column: int
    pointer: str
    what: str
    expected: str
    do: str
    waived: str = ""


class CheckedDocument(_Part, kw_only=True, frozen=True):
    """A document and what was looked at in it. `judged`: as far as what it means; if not, its shape is to be mended
    first.

    `kind` is "" for a file that is no contract.
    """

    file: str
    kind: str
    judged: bool
    rules: int = 0
    references: int = 0
    examples: int = 0
    operations: int = 0
    schemas: int = 0


class UsedWaiver(_Part, kw_only=True, frozen=True):
    """A waiver, and how many findings it covers."""

    rule: str
    document: str
    reason: str
    findings: int
    pointer: str = ""
    until: date | None = None


class CheckResult(_Part, kw_only=True, frozen=True):
    """The document. `errors` are the check's own troubles: with any, nothing is proven, and the exit code is 3."""

    schema: str = SCHEMA
    crossdock: str
    command: str
    exit_code: int
    fail_on: FailOn = "error"
    documents: tuple[CheckedDocument, ...] = ()
    rules: tuple[CheckedRule, ...] = ()
    findings: tuple[CheckFinding, ...] = ()
    waivers: tuple[UsedWaiver, ...] = ()
    errors: tuple[str, ...] = ()

    def counting(self) -> list[CheckFinding]:
        """The findings that are not waived."""
        return [finding for finding in self.findings if not finding.waived]
