"""What a metric of the layer may claim to count: a small vocabulary of what the parties see, each a claim of its own.

A claim follows the journal and keeps a tally of what the layer must have counted, and what it may have. It never takes
the layer's word for anything.
"""

from __future__ import annotations

from typing import ClassVar

from ...contracts.registry import Registry
from ...simulators.journal import Entry, Kind
from ..transactions import Transactions
from .calls_seen import CallsSeen
from .offered import MetricClaim
from .tally import Bounds, Tally


class Seen:
    """What all claims look at."""

    def __init__(self, transactions: Transactions) -> None:
        self.calls = CallsSeen()
        self.transactions = transactions


class Claim:
    """Base of all claims. `narrowed_by` are the members of a `MetricClaim` that it goes by; the docstring is what
    `crossdock explain claim ID` prints.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    narrowed_by: ClassVar[tuple[str, ...]] = ()
    outcomes: ClassVar[tuple[str, ...]] = ()
    heeds: ClassVar[frozenset[Kind]]
    """The kinds of entries that `take` wants to see."""
    gauge: ClassVar[bool] = False
    """Whether the number stands for what there is now; else it counts, and its growth is compared."""

    def __init__(self, told: MetricClaim, seen: Seen) -> None:
        self.told, self.seen = told, seen
        self.tally = Tally()

    def take(self, entry: Entry) -> None:
        """The next entry of the journal that it heeds; whatever `seen` keeps has had it already."""

    def settled(self, at_s: float) -> Bounds:
        """What was over for certain when a scrape began."""
        return self.tally.settled(at_s)

    def possible(self) -> Bounds:
        """All that a scrape may have in it that ends now."""
        return self.tally.possible()

    def now(self) -> Bounds | None:
        """Of a gauge: what it may say now; None where nobody can tell."""
        return None

    def is_about(self, fault: Entry) -> bool:
        """Whether what struck may have struck what it counts."""
        return not fault.party or self.told.party in ("", fault.party)

    def concerns(self, party: str, operation: str = "", kind: str = "") -> bool:
        """Whether it is about these, as far as target.yaml narrows it."""
        told = self.told
        return (
            (not told.party or told.party == party)
            and (not told.operation or told.operation == operation)
            and (not told.kind or told.kind == kind)
        )


claims: Registry[type[Claim]] = Registry("claim", f"{__package__}.claims")


def claim(kind: type[Claim]) -> type[Claim]:
    """Class decorator: register under its own id."""
    return claims.register(kind.id)(kind)
