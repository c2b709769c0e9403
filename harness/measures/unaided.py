"""unaided: orders that came to their end without a person."""

from __future__ import annotations

from collections.abc import Iterator

from ...scenarios.layer import PARTY as LAYER
from ..complaints import CASE_OVER
from ..measure import Measure, Sample, disturbed, last_of, measure
from ..trail import OrderTrail

REPLAY = "replayDeadLetter"


@measure
class Unaided(Measure):
    """Orders for which nobody had to do anything: no case waits for somebody, and nobody had to have the layer work on
    something again.
    """

    id = "unaided"
    title = "orders that needed no person"
    kind = "share"

    def order(self, trail: OrderTrail) -> Iterator[Sample]:
        if trail.placed is None:
            return
        waiting = [key for key, seen in trail.cases.items() if seen.what.status not in CASE_OVER]
        opened = [trail.cases_opened[key] for key in waiting]
        replays = [
            entry for entry in trail.entries if (entry.party, entry.kind, entry.name) == (LAYER, "invoke", REPLAY)
        ]
        needs = [f"case {key} waits" for key in waiting] + ["worked on again by hand"] * bool(replays)
        evidence = (*(seen.exchange or seen.seq for seen in opened), *(entry.seq for entry in replays))
        what = f"order {trail.order_id}" + (f": {', '.join(needs)}" if needs else "")
        yield Sample(what, good=not needs, disturbed=disturbed(trail, last_of(trail)), evidence=evidence)
