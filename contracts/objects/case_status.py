"""How far customer service is with a case (contracts/canonical/v1/case-status.json)."""

from __future__ import annotations

from enum import StrEnum


class CaseStatus(StrEnum):
    """new → working → resolved → closed; escalated goes back to working."""

    NEW = "new"
    WORKING = "working"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    CLOSED = "closed"
