"""824, application advice: what the warehouse makes of an order that it could read. Not the answer to an event but to a
request, so it is written where requests are answered.
"""

from __future__ import annotations

from datetime import datetime

from .....contracts.edi import GroupHeader
from .....contracts.edi.writer import SegmentValues
from ....refusal import Refusal
from ..agreement import UNIVERSAL_TIME, clock, day

ACCEPTED, REJECTED = "TA", "TR"  # element 110
DUPLICATE, ANOTHER_REASON = "006", "024"  # element 647
DUPLICATES = frozenset({"duplicate-fulfilment", "already-exists"})
LONGEST_CODE, LONGEST_NOTE = 60, 80


def application_advice(
    *,
    reference: str,
    about: str,
    order_id: str,
    group: GroupHeader,
    control_number: str,
    set_id: str,
    now: datetime,
    refusal: Refusal | None,
) -> list[SegmentValues]:
    """The segments between ST and SE. `about` is the number of the order or return, `reference` the advice's."""
    segments: list[SegmentValues] = [
        ["BGN", "00", reference, day(now), clock(now), UNIVERSAL_TIME],
        [
            *("OTI", REJECTED if refusal else ACCEPTED, "TN", about, "", ""),
            *(day(now), clock(now), group.control_number, control_number, set_id),
        ],
    ]
    if order_id:
        segments.append(["REF", "CO", order_id])
    if refusal is not None:
        reason = DUPLICATE if refusal.code in DUPLICATES else ANOTHER_REASON
        segments.append(["TED", reason, refusal.code[:LONGEST_CODE]])
        words = " ".join(refusal.detail.split())
        segments += [["NTE", "GEN", words[at : at + LONGEST_NOTE]] for at in range(0, len(words), LONGEST_NOTE)]
    return segments
