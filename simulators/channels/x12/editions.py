"""Editions of the guides that are agreed with a partner, and which of them counts when.

GS08 says by which edition a group is written, so a partner hears of a new one by what it is sent. A warehouse that goes
over writes by the second edition at once, and takes in both until the first has ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ....contracts.edi import Guides
from ....contracts.edi.writer import SegmentValues
from ...versions import FIRST, Versions
from .sets import understood

SECOND = "v2"
FIRST_VERSION, SECOND_VERSION = "004010", "004010WH2"  # GS08
SECOND_EDITION = frozenset({"940", "945"})
SEAL_LENGTH = 15  # element 225
_ACKNOWLEDGMENT = "997"


def taken(guides: Guides, versions: Versions, now: datetime) -> Guides:
    """What is taken in at that moment, of what the channel understands."""
    first = FIRST in versions.served and versions.gone(FIRST, now) is None
    second = SECOND in versions.served

    def counts(set_id: str, version: str) -> bool:
        if version == SECOND_VERSION:
            return second
        return first or set_id not in SECOND_EDITION

    known = {*understood, _ACKNOWLEDGMENT}
    return Guides(guide for guide in guides if guide.set_id in known and counts(guide.set_id, guide.version))


def in_second_edition(advice: Sequence[SegmentValues]) -> list[SegmentValues]:
    """The segments of a 945 with the W10 that the second edition demands: pallets, and the seal of the truck, which has
    the number of the shipment.
    """
    heading = next(place for place, segment in enumerate(advice) if segment[0] == "W27") + 1
    shipment = next(str(segment[4]) for segment in advice if segment[0] == "W06")
    return [*advice[:heading], ["W10", "", "1", "", shipment[-SEAL_LENGTH:]], *advice[heading:]]
