"""What becomes of returned goods (contracts/canonical/v1/disposition.json)."""

from __future__ import annotations

from enum import StrEnum


class Disposition(StrEnum):
    """What becomes of returned goods; only restock adds saleable stock."""

    RESTOCK = "restock"
    QUARANTINE = "quarantine"
    SCRAP = "scrap"
