"""booking: from the moment in which goods leave until the ERP knows."""

from __future__ import annotations

from collections.abc import Iterator

from ..measure import Measure, Sample, measure, span
from ..trail import OrderTrail


@measure
class Booking(Measure):
    """Business hours from a shipment's leaving until the ERP has booked it, by warehouse."""

    id = "booking"
    title = "from the shipment until the ERP has booked it"
    kind = "span"

    def order(self, trail: OrderTrail) -> Iterator[Sample]:
        for shipment in trail.shipments.values():
            for booked in trail.confirmed(shipment)[:1]:
                yield span(trail, f"shipment {shipment.what.shipment_id}", shipment.party, shipment, booked)
