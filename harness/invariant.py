"""What an invariant is: a law over trails, with a stable id, that says what breaks it and how often it was put to the
test.

The ids are those of the catalogue (docs/reference/invariants.md). An invariant looks at one order at a time, and at the
world as a whole; it reports to an `Outcome`. The docstring of each class is what `crossdock explain invariant ID`
prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..contracts.registry import Registry
from ..contracts.result import Finding
from .conduct import Conduct
from .master_data import MasterRecord
from .measure_meter import Standing
from .promises import CircuitBreaker, Retries, ServiceLevels
from .seen import Seen
from .stock import Stock
from .telemetry.offered import Telemetry
from .telemetry.testimony import Testimony
from .trail import OrderTrail
from .wave import Wave


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed with this target (from target.yaml): the capabilities it claims, its policies, what it promises
    of its speed and steadiness, the warehouses that it tells of items, how each warehouse speaks, and what the layer
    says of itself.
    """

    capabilities: frozenset[str] = frozenset()
    item_places: tuple[str, ...] = ()
    billing: str = "per-shipment"
    cases: str = "layer"
    settle_within_s: float = 20.0
    service_levels: ServiceLevels = field(default_factory=ServiceLevels)
    retries: Retries = field(default_factory=Retries)
    circuit_breaker: CircuitBreaker | None = None
    channels: Mapping[str, str] = field(default_factory=dict)
    telemetry: Telemetry = field(default_factory=Telemetry)

    def channel(self, party: str) -> str:
        """How a party speaks: `rest`, `x12` or `csv`."""
        return self.channels.get(party, "rest")


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
    waits: ClassVar[bool] = True
    """Whether something that it misses may still come; where not, nobody need look before the end."""

    general_words: ClassVar[str] = ""
    """Why its findings say in general words what comes of them; "" where the data of the case says it."""

    def unclaimed(self, terms: Terms) -> str:
        """Why it is not judged with this target, in words; "" when it is."""
        lacking = self.capability and self.capability not in terms.capabilities
        return f"the target does not claim {self.capability}" if lacking else ""

    @classmethod
    def judges(cls, hook: str) -> bool:
        """Whether it has something of its own to say about what `hook` (one of HOOKS) is called with."""
        return getattr(cls, hook) is not getattr(Invariant, hook)

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        """Judge one order."""

    def stock(self, place: tuple[str, str], stock: Stock, terms: Terms, outcome: Outcome) -> None:
        """Judge what a warehouse told of the stock of one item; only for targets that claim `stock`."""

    def record(self, record: MasterRecord, terms: Terms, outcome: Outcome) -> None:
        """Judge one customer or item; only for targets that claim `master-data`."""

    def conduct(self, conduct: Conduct, terms: Terms, outcome: Outcome) -> None:
        """Judge how the layer behaved where nobody can tell about which order."""

    def twins(self, one: OrderTrail, other: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        """Judge two orders with the same content; only where no invariant has found anything about either."""

    def world(
        self, trails: Mapping[str, OrderTrail], stocks: Mapping[tuple[str, str], Stock], terms: Terms, outcome: Outcome
    ) -> None:
        """Judge what belongs to no single order; called once, at the end."""

    def holds_on_to(self, trail: OrderTrail) -> bool:
        """Whether `world` needs all of an order with which nothing is wrong, and not only its transactions and the
        outages that it met.
        """
        return False

    def wave(self, wave: Wave, terms: Terms, outcome: Outcome) -> None:
        """Judge what the layer did in a wave beside its orders; for scenarios that have a wave to themselves."""

    def testimony(self, testimony: Testimony, terms: Terms, outcome: Outcome) -> None:
        """Judge what the layer has said of itself in a wave; called at its quiet end."""

    def measured(self, standings: Sequence[Standing], terms: Terms, outcome: Outcome) -> None:
        """Judge what is promised of the run as a whole; called once, at the end."""

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


# The methods by which an invariant judges, each another thing.
HOOKS = ("order", "twins", "stock", "record", "conduct", "world", "wave", "testimony", "measured")
# How findings are ordered: what is lost or doubled first, what mostly follows from it last.
ORDER = (
    *("E1", "E2", "E3", "R3", "X2", "Q1", "Q2", "Q3", "M1", "M2", "M3", "S2", "S1", "C3", "X1"),
    *("T2", "T1", "F1", "K1", "D1", "A1", "C1", "C2", "R1", "R2", "L1", "O1"),
)

invariants: Registry[type[Invariant]] = Registry("invariant", f"{__package__}.invariants")


def invariant(kind: type[Invariant]) -> type[Invariant]:
    """Class decorator: register under its own id."""
    return invariants.register(kind.id)(kind)
