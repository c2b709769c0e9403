"""Service levels that a business person would ask for, each a measure of its own: how long an order takes from door to
door, how often it comes on time, whether books and shelves agree.

A measure takes samples from what is known of each order, and of each item's stock. From the same samples the report
has its numbers and L1 its judgement. Hours are business hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from ..contracts.registry import Registry
from .ledgers import Place
from .seen import Seen
from .stock import Stock
from .trail import OrderTrail


@dataclass(frozen=True, slots=True)
class Sample:
    """One time that something was measured: `what` in words, `about` the partner or kind that it is counted under ("",
    where there is none). `hours` says how long a span took, `good` whether a share counts it; `evidence` are journal
    numbers.
    """

    what: str
    about: str = ""
    hours: float = 0.0
    good: bool = True
    disturbed: bool = False
    evidence: tuple[int, ...] = ()


class Measure:
    """Base of all measures. `kind`: a span is so many hours, a share so many of all."""

    id: ClassVar[str]
    title: ClassVar[str]
    kind: ClassVar[Literal["span", "share"]]

    def order(self, trail: OrderTrail) -> Iterator[Sample]:
        """What one order has to say."""
        return iter(())

    def stock(self, place: Place, stock: Stock) -> Iterator[Sample]:
        """What the stock of one item at one warehouse has to say."""
        return iter(())


def span(trail: OrderTrail, what: str, about: str, began: Seen[Any], ended: Seen[Any]) -> Sample:
    """From one fact to another, as the parties' own clocks have it."""
    hours = max(0.0, (ended.at - began.at).total_seconds() / 3600)
    evidence = (began.exchange or began.seq, ended.exchange or ended.seq)
    return Sample(what, about, hours, disturbed=disturbed(trail, ended.seq), evidence=evidence)


def disturbed(trail: OrderTrail, until: int) -> bool:
    """Whether anything had gone wrong with a message of the order by that journal number, or a party been away. What is
    away when all is long over disturbs nothing.
    """
    return any(number <= until for number in (*trail.troubles, *trail.outages))


def last_of(trail: OrderTrail) -> int:
    """The journal number of the last that happened about the order itself."""
    return max((entry.seq for entry in trail.entries if entry.order_id), default=0)


measures: Registry[type[Measure]] = Registry("measure", f"{__package__}.measures")


def measure(kind: type[Measure]) -> type[Measure]:
    """Class decorator: register under its own id."""
    return measures.register(kind.id)(kind)
