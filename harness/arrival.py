"""Whether and when all of an order was with the customer, by what the carriers did."""

from __future__ import annotations

from ..contracts.objects import MilestoneCode, TrackingMilestone
from .seen import Seen
from .trail import OrderTrail


def arrival(trail: OrderTrail) -> Seen[TrackingMilestone] | None:
    """The delivery of the last parcel; None while anything of the order is still to ship, or a parcel is elsewhere."""
    sales_order = trail.sales_order
    if sales_order is None or any(
        trail.shipped(line.line_id) + line.cancelled_quantity.value < line.quantity.value
        for line in sales_order.what.lines
    ):
        return None
    latest = trail.latest_milestones()
    delivered = [latest[number] for number in trail.parcels() if number in latest]
    if len(delivered) < len(trail.parcels()) or not delivered:
        return None
    if any(seen.what.code != MilestoneCode.DELIVERED for seen in delivered):
        return None
    return max(delivered, key=lambda seen: (seen.what.occurred_at, seen.seq))
