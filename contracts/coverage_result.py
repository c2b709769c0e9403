"""The result document of `crossdock contract coverage`. Its schema is contracts/harness/v1/coverage-result.json."""

from __future__ import annotations

from typing import Literal

import msgspec

SCHEMA = "https://contracts.crossdock.example/harness/v1/coverage-result.json"
PointKind = Literal["operation", "status", "parameter", "field", "value", "event", "segment", "column"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Base of all parts of the document."""


class CoveredPart(_Part, kw_only=True, frozen=True):
    """A part of a contract (an operation, a type of event, a set, a layout) and what it has of one kind.

    `seen` is point → how often the run saw it; `unseen` are those that it never saw.
    """

    contract: str
    part: str
    kind: PointKind
    seen: dict[str, int] = {}
    unseen: tuple[str, ...] = ()


class CoverageResult(_Part, kw_only=True, frozen=True):
    """The document. `run` is the folder that was looked at."""

    schema: str = SCHEMA
    crossdock: str
    command: str
    run: str
    parts: tuple[CoveredPart, ...] = ()
    beside: dict[str, int] = {}

    def counts(self, contract: str, kind: PointKind) -> tuple[int, int]:
        """How many points of this kind were seen, and how many there are."""
        parts = [part for part in self.parts if (part.contract, part.kind) == (contract, kind)]
        seen = sum(len(part.seen) for part in parts)
        return seen, seen + sum(len(part.unseen) for part in parts)

    def contracts(self) -> list[str]:
        """The contracts, in their order."""
        return list(dict.fromkeys(part.contract for part in self.parts))

    def kinds(self, contract: str) -> list[PointKind]:
        """The kinds of points that a contract has, in their order."""
        return list(dict.fromkeys(part.kind for part in self.parts if part.contract == contract))
