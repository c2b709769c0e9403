"""How far a fulfilment is (contracts/canonical/v1/fulfilment-status.json)."""

from __future__ import annotations

from enum import StrEnum


class FulfilmentStatus(StrEnum):
    """The ERP says released, cancelRequested and what it was told; the warehouse accepted, picking, packed
    and what it did.
    """

    RELEASED = "released"
    ACCEPTED = "accepted"
    PICKING = "picking"
    PACKED = "packed"
    PARTIALLY_SHIPPED = "partiallyShipped"
    SHIPPED = "shipped"
    SHORT_CLOSED = "shortClosed"
    CANCEL_REQUESTED = "cancelRequested"
    CANCELLED = "cancelled"
