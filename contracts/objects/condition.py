"""How returned goods look (contracts/canonical/v1/condition.json)."""

from __future__ import annotations

from enum import StrEnum


class Condition(StrEnum):
    """How returned goods look."""

    GOOD = "good"
    DAMAGED = "damaged"
    DEFECTIVE = "defective"
    WRONG_ITEM = "wrongItem"
