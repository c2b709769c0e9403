"""Times in which a party, or the layer itself, was not there; as the trail of an order has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..simulators.journal import Entry
from . import entry_detail
from .transaction import Moment


@dataclass(frozen=True, slots=True)
class Outage:
    """`party` was away from `began` to `ended`, None while it still is; `lost` says why a layer that was started again
    never became ready.
    """

    party: str
    fault: str
    began: Moment
    ended: Moment | None = None
    lost: str = ""

    @property
    def took_s(self) -> float:
        return self.ended.wire_s - self.began.wire_s if self.ended else float("inf")

    def covers(self, wire_s: float) -> bool:
        """Whether it lasted at that time."""
        return self.began.wire_s <= wire_s and (self.ended is None or wire_s <= self.ended.wire_s)


def outages(entries: Iterable[Entry]) -> list[Outage]:
    """All that the entries tell of, in order of their beginning."""
    known: list[Outage] = []
    for entry in entries:
        reachable = entry_detail.member(entry, "reachable") if entry.kind == "fault" else None
        if reachable is None:
            continue
        place = next((p for p, each in enumerate(known) if each.party == entry.party and not each.ended), None)
        if place is None:
            known.append(Outage(entry.party, entry.name, Moment.of(entry)))
            continue
        before = known[place]
        ended = Moment.of(entry) if reachable else None
        known[place] = Outage(entry.party, before.fault, before.began, ended, entry_detail.text(entry, "lost"))
    return known
