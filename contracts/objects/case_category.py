"""The exception that a case is about (contracts/canonical/v1/case-category.json)."""

from __future__ import annotations

from enum import StrEnum


class CaseCategory(StrEnum):
    """The exception that a case is about."""

    SHORT_SHIP = "shortShip"
    DELIVERY_FAILED = "deliveryFailed"
    ORDER_REJECTED = "orderRejected"
    CREDIT_HOLD = "creditHold"
    RETURN_EXCEPTION = "returnException"
    INTEGRATION_ERROR = "integrationError"
