"""A step on a parcel's way (contracts/canonical/v1/tracking-milestone.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import CrmOrderId, FulfilmentId, ShipmentId, TrackingNumber
from .milestone_code import MilestoneCode
from .timestamp import Timestamp


class TrackingMilestone(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """They may come late, twice and in any order; `sequence` rises by one per parcel in the order of
    happening.
    """

    tracking_number: TrackingNumber
    shipment_id: ShipmentId
    fulfilment_id: FulfilmentId
    order_id: CrmOrderId
    code: MilestoneCode
    occurred_at: Timestamp
    sequence: int
    location: str | None = None
    remark: str | None = None
