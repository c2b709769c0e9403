"""How a shipment leaves a line of its fulfilment (contracts/canonical/v1/line-status.json)."""

from __future__ import annotations

from enum import StrEnum


class LineStatus(StrEnum):
    """Complete; partial: more comes; short closed: no more comes; over: more than asked for."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    SHORT_CLOSED = "shortClosed"
    OVER = "over"
