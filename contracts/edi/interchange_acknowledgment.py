"""A TA1 for an interchange."""

from __future__ import annotations

import re

from .findings import InterchangeResult
from .header import InterchangeHeader
from .writer import SegmentValues


def is_due(header: InterchangeHeader, result: InterchangeResult) -> bool:
    """Whether to answer with a TA1: ISA14 asks for it, or the interchange is rejected."""
    return header.acknowledgment_requested == "1" or result.code == "R"


def acknowledge_interchange(result: InterchangeResult) -> SegmentValues:
    """The TA1 segment, to be written before the groups of an interchange to the sender.

    Raises: ValueError when the interchange had no control number, date or time that a TA1 could name: then nothing
    can be said to its sender but by other means.
    """
    fit = {"control number": (result.control_number, 9), "date": (result.date, 6), "time": (result.time, 4)}
    for name, (value, width) in fit.items():
        if not re.fullmatch(rf"[0-9]{{{width}}}", value):
            raise ValueError(f"the interchange has no {name} that a TA1 can name: {value!r}")
    return ["TA1", result.control_number, result.date, result.time, result.code, result.note]
