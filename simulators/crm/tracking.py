"""Where an order's parcels are, as the layer tells customer service (contracts/crm/v1, updateTracking).

As with the status, the last writer wins, whatever `occurredAt` says.
"""

from __future__ import annotations

import msgspec

from ...contracts.identifiers import ShipmentId, TrackingNumber, WarehouseId
from ...contracts.objects import Carrier, MilestoneCode, Order, OrderTracking, Timestamp
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from .order import told
from .registry import rules

MOST_PARCELS = 1000  # contracts/canonical/v1/order.json


class TrackingUpdate(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Where a parcel is. `warehouse_id` and `carrier` None: as told before."""

    shipment_id: ShipmentId
    warehouse_id: WarehouseId | None = None
    carrier: Carrier | None = None
    milestone: MilestoneCode
    occurred_at: Timestamp


@rules.operation("updateTracking")
def update_tracking(tx: Transaction, call: Call[TrackingUpdate]) -> Order:
    """The first call adds the parcel, later ones replace it. Raises: Refusal `invalid-request` for one too many."""
    order = tx.get(Order, call.params["orderId"])
    call.expect_version(order.version)
    number, body = TrackingNumber(call.params["trackingNumber"]), call.body
    before = next((parcel for parcel in order.tracking if parcel.tracking_number == number), None)
    if before is None and len(order.tracking) == MOST_PARCELS:
        raise Refusal("invalid-request", f"the order {order.order_id} has {MOST_PARCELS} parcels, and no room for more")
    parcel = OrderTracking(
        tracking_number=number,
        shipment_id=body.shipment_id,
        warehouse_id=body.warehouse_id or (before.warehouse_id if before else None),
        carrier=body.carrier or (before.carrier if before else None),
        milestone=body.milestone,
        occurred_at=body.occurred_at,
    )
    if before is None:
        parcels = (*order.tracking, parcel)
    else:
        parcels = tuple(parcel if known is before else known for known in order.tracking)
    return told(tx, order, msgspec.structs.replace(order, tracking=parcels))
