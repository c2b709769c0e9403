"""order-cycle: from the customer's order to the last parcel at the door."""

from __future__ import annotations

from collections.abc import Iterator

from ..arrival import arrival
from ..measure import Measure, Sample, measure, span
from ..trail import OrderTrail


@measure
class OrderCycle(Measure):
    """Business hours from the placing of an order until its last parcel was delivered, of orders that came whole; what
    was cancelled need not come.
    """

    id = "order-cycle"
    title = "from the order to the last parcel at the door"
    kind = "span"

    def order(self, trail: OrderTrail) -> Iterator[Sample]:
        there = arrival(trail)
        if trail.placed is not None and there is not None:
            yield span(trail, f"order {trail.order_id}", "", trail.placed, there)
