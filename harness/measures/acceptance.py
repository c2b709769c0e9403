"""acceptance: from the release of a fulfilment until the warehouse has taken it."""

from __future__ import annotations

from collections.abc import Iterator

from ..measure import Measure, Sample, measure, span
from ..trail import OrderTrail


@measure
class Acceptance(Measure):
    """Business hours from the moment in which the ERP releases a fulfilment to a warehouse until that warehouse has
    accepted it, by warehouse.
    """

    id = "acceptance"
    title = "from the release until the warehouse has accepted it"
    kind = "span"

    def order(self, trail: OrderTrail) -> Iterator[Sample]:
        taken = {(seen.party, seen.what.fulfilment_id): seen for seen in reversed(list(trail.requested.values()))}
        for (warehouse, fulfilment_id), first in taken.items():
            released = next(
                (
                    seen
                    for seen in trail.releases
                    if (str(seen.what.warehouse_id), seen.what.fulfilment_id) == (warehouse, fulfilment_id)
                ),
                None,
            )
            if released is not None and released.seq < first.seq:
                yield span(trail, f"fulfilment {fulfilment_id}", warehouse, released, first)
