"""dispatch: from a warehouse's acceptance until the last of it has left."""

from __future__ import annotations

from collections.abc import Iterator

from ..measure import Measure, Sample, measure, span
from ..trail import OrderTrail


@measure
class Dispatch(Measure):
    """Business hours from a warehouse's acceptance of a fulfilment until its last shipment left, by warehouse."""

    id = "dispatch"
    title = "from the warehouse's acceptance until the last of it has left"
    kind = "span"

    def order(self, trail: OrderTrail) -> Iterator[Sample]:
        for seen in trail.requested.values():
            last = next(
                (
                    shipment
                    for shipment in trail.shipments.values()
                    if shipment.party == seen.party
                    and shipment.what.fulfilment_id == seen.what.fulfilment_id
                    and shipment.what.final
                ),
                None,
            )
            if last is not None:
                yield span(trail, f"fulfilment {seen.what.fulfilment_id}", seen.party, seen, last)
