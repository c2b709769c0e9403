"""What happens to a quantity that cannot be shipped (contracts/canonical/v1/partial-policy.json)."""

from __future__ import annotations

from enum import StrEnum


class PartialPolicy(StrEnum):
    """Wait for stock, ship what is there and cancel the rest, or all or nothing."""

    ALLOW_BACKORDER = "allowBackorder"
    SHIP_AVAILABLE = "shipAvailable"
    SHIP_COMPLETE = "shipComplete"
