"""tracking: steps on the way of parcels."""

from __future__ import annotations

from .....contracts.objects import TrackingMilestone
from ..registry import Rows, Telling, told


@told.register("crossdock.tracking.milestone.v1")
class Tracking(Telling):
    """One step, one row."""

    layout = "tracking"
    data = TrackingMilestone

    @staticmethod
    def rows(milestone: TrackingMilestone) -> Rows:
        yield {
            "tracking_no": milestone.tracking_number,
            "shipment_id": milestone.shipment_id,
            "order_id": milestone.fulfilment_id,
            "customer_order_no": milestone.order_id,
            "milestone": milestone.code.value,
            "occurred_at": milestone.occurred_at,
            "sequence": milestone.sequence,
            "location": milestone.location,
            "remark": milestone.remark,
        }
