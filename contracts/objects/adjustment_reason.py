"""Why a count was corrected (contracts/canonical/v1/adjustment-reason.json)."""

from __future__ import annotations

from enum import StrEnum


class AdjustmentReason(StrEnum):
    """The reasons that X12's list 181 has codes for, as far as they are used here."""

    COUNT = "count"
    DAMAGED = "damaged"
    LOST = "lost"
    FOUND = "found"
    DESTROYED = "destroyed"
    HOLD_ON = "holdOn"
    HOLD_OFF = "holdOff"
    OTHER = "other"
