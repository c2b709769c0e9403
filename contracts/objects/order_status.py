"""The order as customer service sees it (contracts/canonical/v1/order-status.json)."""

from __future__ import annotations

from enum import StrEnum


class OrderStatus(StrEnum):
    """The order as customer service sees it in the CRM."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    ON_HOLD = "onHold"
    REJECTED = "rejected"
    RELEASED = "released"
    BACKORDERED = "backordered"
    PARTIALLY_SHIPPED = "partiallyShipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "deliveryFailed"
    RETURNED = "returned"
    CANCELLED = "cancelled"
