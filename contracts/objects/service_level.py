"""How fast the customer wants it (contracts/canonical/v1/service-level.json)."""

from __future__ import annotations

from enum import StrEnum


class ServiceLevel(StrEnum):
    """How fast the customer wants it."""

    STANDARD = "standard"
    EXPRESS = "express"
