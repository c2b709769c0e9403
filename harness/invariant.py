"""What an invariant is: a law over trails, with a stable id, that says what breaks it and how often it was put to the
test.

The ids are those of the catalogue (docs/reference/invariants.md). An invariant looks at one order at a time, and at the
world as a whole; it reports to an `Outcome`. The docstring of each class is what `crossdock explain invariant ID`
prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..contracts.registry import Registry
from ..contracts.result import Finding
from .master_data import MasterRecord
from .seen import Seen
from .stock import Stock
from .trail import OrderTrail


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed with this target (from target.yaml): the capabilities it claims, its policies, and the warehouses
    that it tells of items.
    """

    capabilities: frozenset[str] = frozenset()
    item_places: tuple[str, ...] = ()
    billing: str = "per-shipment"
    cases: str = "layer"


@dataclass(slots=True)
class Outcome:
    """What an invariant found: `exercised` counts what it could really judge.

    A finding that is `missing` may still come true until the deadline; a `broken` one never will.
    """

    invariant: str
    exercised: int = 0
    broken: list[Finding] = field(default_factory=list)
    missing: list[Finding] = field(default_factory=list)

    def judged(self, count: int = 1) -> None:
        self.exercised += count

    def violated(self, finding: Finding) -> None:
        self.broken.append(finding)

    def lacking(self, finding: Finding) -> None:
        self.missing.append(finding)

    @property
    def findings(self) -> list[Finding]:
        return [*self.broken, *self.missing]


class Invariant:
    """Base of all invariants. `clause` is the part of the story or contract that says so."""

    id: ClassVar[str]
    title: ClassVar[str]
    clause: ClassVar[str]
    capability: ClassVar[str] = ""
    """The capability that a target must claim to be held to this; "" for all."""

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        """Judge one order."""

    def stock(self, place: tuple[str, str], stock: Stock, terms: Terms, outcome: Outcome) -> None:
        """Judge what a warehouse told of the stock of one item; only for targets that claim `stock`."""

    def record(self, record: MasterRecord, terms: Terms, outcome: Outcome) -> None:
        """Judge one customer or item; only for targets that claim `master-data`."""

    def world(
        self, trails: Mapping[str, OrderTrail], stocks: Mapping[tuple[str, str], Stock], terms: Terms, outcome: Outcome
    ) -> None:
        """Judge what belongs to no single order; called once, at the end."""

    def finding(
        self,
        trail: OrderTrail | None,
        what: str,
        summary: str,
        *,
        expected: str,
        actual: str,
        because: Iterable[str],
        evidence: Iterable[Seen[Any] | int | None],
        consequence: str = "",
    ) -> Finding:
        """A finding of this invariant. `what` tells it from others of the same order (a shipment id, a line)."""
        order_id = trail.order_id if trail else ""
        exchanges = (
            seen if isinstance(seen, int) else seen.exchange or seen.seq for seen in evidence if seen is not None
        )
        return Finding(
            invariant=self.id,
            key=f"{self.id}/{order_id}/{what}",
            summary=summary,
            expected=expected,
            actual=actual,
            order_id=order_id,
            because=tuple(because),
            exchanges=tuple(dict.fromkeys(exchanges)),
            clause=self.clause,
            consequence=consequence,
        )


# How findings are ordered: what is lost or doubled first, what mostly follows from it last.
ORDER = ("E1", "E2", "E3", "Q1", "Q2", "Q3", "M1", "M2", "M3", "S2", "S1", "C3", "X1", "T2", "A1", "C1")

invariants: Registry[type[Invariant]] = Registry("invariant", f"{__package__}.invariants")


def invariant(kind: type[Invariant]) -> type[Invariant]:
    """Class decorator: register under its own id."""
    return invariants.register(kind.id)(kind)
