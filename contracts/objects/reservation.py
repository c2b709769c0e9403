"""Stock that the ERP holds for an order line (contracts/canonical/v1/reservation.json)."""

from __future__ import annotations

from enum import StrEnum

from ..identifiers import ErpOrderId, FulfilmentId, LineId, ReservationId, Sku, WarehouseId
from .quantity import Quantity
from .stored import Stored


class ReservationStatus(StrEnum):
    """Active while it holds stock; consumed by shipping, released by cancelling."""

    ACTIVE = "active"
    CONSUMED = "consumed"
    RELEASED = "released"


class Reservation(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """`quantity` is what is still held; `fulfilment_id` the fulfilment that takes it, once released."""

    reservation_id: ReservationId
    sales_order_id: ErpOrderId
    line_id: LineId
    warehouse_id: WarehouseId
    sku: Sku
    quantity: Quantity
    status: ReservationStatus
    fulfilment_id: FulfilmentId | None = None
