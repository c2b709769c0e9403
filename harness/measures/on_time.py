"""on-time: orders that came by the day on which the customer wants them."""

from __future__ import annotations

from collections.abc import Iterator

from ..arrival import arrival
from ..measure import Measure, Sample, disturbed, last_of, measure
from ..trail import OrderTrail


@measure
class OnTime(Measure):
    """Orders whose last parcel was delivered on the customer's requested date or before, of those that have such a date
    and have come whole, or have not although it is past.
    """

    id = "on-time"
    title = "orders that came by the day on which the customer wants them"
    kind = "share"

    def order(self, trail: OrderTrail) -> Iterator[Sample]:
        placed = trail.placed
        wanted = placed.what.requested_date if placed is not None else None
        if placed is None or wanted is None:
            return
        there = arrival(trail)
        until = there.what.occurred_at if there is not None else trail.entries[-1].at
        if there is None and until.date() <= wanted:
            return
        good = there is not None and until.date() <= wanted
        said = f"delivered on {until.date()}" if there is not None else f"not delivered by {until.date()}"
        evidence = (placed.exchange or placed.seq, *((there.seq,) if there is not None else ()))
        what = f"order {trail.order_id}, wanted on {wanted}: {said}"
        yield Sample(what, good=good, disturbed=disturbed(trail, last_of(trail)), evidence=evidence)
