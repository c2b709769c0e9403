"""What a warehouse and its partner have agreed upon beside the guides: who they are, and how a moment is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from ....contracts.edi import Party

UNIVERSAL_TIME = "UT"  # element 623


@dataclass(frozen=True, slots=True)
class Agreement:
    """`own` and `partner` are the ids of the interchange; the groups carry the same."""

    own: Party
    partner: Party
    usage: str = "P"


def day(moment: datetime | date) -> str:
    """Element 373."""
    return f"{moment:%Y%m%d}"


def clock(moment: datetime) -> str:
    """Element 337, to the hundredth of a second, which is as fine as X12 writes it."""
    moment = moment.astimezone(UTC)
    return f"{moment:%H%M%S}{moment.microsecond // 10_000:02}"


def iso_date(text: str) -> str:
    """A date as JSON has it, from element 373; "" stays ""."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if text else ""
