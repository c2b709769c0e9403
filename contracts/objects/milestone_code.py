"""One normal form of what carriers say (contracts/canonical/v1/milestone-code.json)."""

from __future__ import annotations

from enum import StrEnum


class MilestoneCode(StrEnum):
    """A step on a parcel's way."""

    LABEL_CREATED = "label_created"
    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    ATTEMPTED = "attempted"
    EXCEPTION = "exception"
    RETURNING = "returning"
    RETURNED = "returned"
    LOST = "lost"
