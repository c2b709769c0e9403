"""What customer service sees of one parcel (contracts/canonical/v1/order-tracking.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import ShipmentId, TrackingNumber, WarehouseId
from .carrier import Carrier
from .milestone_code import MilestoneCode
from .timestamp import Timestamp


class OrderTracking(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Where the parcel is, as the CRM was told last; `occurred_at` says when that happened."""

    tracking_number: TrackingNumber
    shipment_id: ShipmentId
    warehouse_id: WarehouseId | None = None
    carrier: Carrier | None = None
    milestone: MilestoneCode
    occurred_at: Timestamp
