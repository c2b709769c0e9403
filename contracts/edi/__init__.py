"""X12 interchanges: read and checked by guides while they are read, written, acknowledged and explained.

What a set may hold stands in guides (`contracts/x12/`), and so does what a trading partner makes of it; nothing here
knows a set by its number but the 997. The door for others:

    guides = standard_guides()                          or Guides([load_guide("partner.yaml"), …])
    for event in read(source, guides): …                InterchangeStart, GroupStart, TransactionSet, GroupEnd, …
    octets = write(interchange, guides)                 refuses what the guides refuse
    acknowledge(group_result)                           the body of a 997
    read_acknowledgment(transaction_set)                what a 997 says, to be matched with what was sent

Sources: X12.5 (interchange), X12.6 (application control structure), X12.20 (functional acknowledgment), release 004010.
"""

from __future__ import annotations

from .acknowledgment import acknowledge
from .acknowledgment_read import Acknowledgment, SentGroup, match, read_acknowledgment
from .events import (
    Event,
    GroupEnd,
    GroupStart,
    InterchangeAcknowledgment,
    InterchangeEnd,
    InterchangeStart,
    Junk,
    TransactionSet,
)
from .findings import ElementError, GroupResult, InterchangeResult, SegmentError, SetResult
from .guide import Guide
from .guide_document import load_guide
from .guides import Guides, standard_guides
from .header import GroupHeader, InterchangeHeader, Party
from .interchange_acknowledgment import acknowledge_interchange
from .limits import Limits
from .reader import read
from .separators import Separators
from .settled import SettledInterchange, settled
from .writer import Group, Interchange, Refused, SetBody, collect, write

__all__ = [
    "Acknowledgment",
    "ElementError",
    "Event",
    "Group",
    "GroupEnd",
    "GroupHeader",
    "GroupResult",
    "GroupStart",
    "Guide",
    "Guides",
    "Interchange",
    "InterchangeAcknowledgment",
    "InterchangeEnd",
    "InterchangeHeader",
    "InterchangeResult",
    "InterchangeStart",
    "Junk",
    "Limits",
    "Party",
    "Refused",
    "SegmentError",
    "SentGroup",
    "Separators",
    "SetBody",
    "SetResult",
    "SettledInterchange",
    "TransactionSet",
    "acknowledge",
    "acknowledge_interchange",
    "collect",
    "load_guide",
    "match",
    "read",
    "read_acknowledgment",
    "settled",
    "standard_guides",
    "write",
]
