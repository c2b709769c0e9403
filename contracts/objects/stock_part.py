"""A part of the physical stock (contracts/canonical/v1/stock-part.json)."""

from __future__ import annotations

from enum import StrEnum


class StockPart(StrEnum):
    """A part that people may correct; what is allocated is not theirs to change. Only `available` can be sold."""

    AVAILABLE = "available"
    ON_HOLD = "onHold"
    DAMAGED = "damaged"
