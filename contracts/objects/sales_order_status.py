"""The order as the ERP runs it (contracts/canonical/v1/sales-order-status.json)."""

from __future__ import annotations

from enum import StrEnum


class SalesOrderStatus(StrEnum):
    """The order as the ERP runs it."""

    ACCEPTED = "accepted"
    ON_HOLD = "onHold"
    REJECTED = "rejected"
    BACKORDERED = "backordered"
    RELEASED = "released"
    PARTIALLY_SHIPPED = "partiallyShipped"
    SHIPPED = "shipped"
    CANCEL_PENDING = "cancelPending"
    CANCELLED = "cancelled"
    CLOSED = "closed"
