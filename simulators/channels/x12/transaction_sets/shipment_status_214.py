"""214, transportation carrier shipment status: where a parcel is."""

from __future__ import annotations

from .....contracts.edi.writer import SegmentValues
from .....contracts.objects import Shipment, TrackingMilestone
from ....transaction import State
from ..agreement import UNIVERSAL_TIME, clock, day
from ..codes import MILESTONE
from ..sets import Telling, told

SHORTEST_PLACE, LONGEST_PLACE = 2, 30  # element 19
UNKNOWN_CARRIER = "ZZZZ"


@told.register("crossdock.tracking.milestone.v1")
class ShipmentStatus(Telling):
    """One step of one parcel. Its moment alone tells which of two steps is the newer one: a 214 has no sequence."""

    set_id = "214"
    data = TrackingMilestone

    @staticmethod
    def segments(milestone: TrackingMilestone, state: State) -> list[SegmentValues]:
        status, reason = MILESTONE[milestone.code]
        moment, place = milestone.occurred_at, (milestone.location or "")[:LONGEST_PLACE]
        return [
            ["B10", milestone.tracking_number, milestone.shipment_id, _carrier(milestone, state)],
            ["L11", milestone.order_id, "CO"],
            ["LX", "1"],
            ["AT7", status, reason, "", "", day(moment), clock(moment), UNIVERSAL_TIME],
            *([["MS1", place]] if len(place) >= SHORTEST_PLACE else []),
        ]


def _carrier(milestone: TrackingMilestone, state: State) -> str:
    shipment = state.table(Shipment).get(milestone.shipment_id)
    return shipment.carrier.scac if shipment is not None else UNKNOWN_CARRIER
