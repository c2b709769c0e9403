"""What a TA1 has to say about an interchange: its header, its trailer, and how the two agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .data_types import value_error
from .dictionary import dictionary
from .guide import Element
from .header import WIDTHS, InterchangeHeader
from .segment_stream import RawHeader
from .separators import Separators, problem

Note = tuple[str, str]
"""A code of TA105 and a sentence."""

# The code for each element of ISA, from ISA01.
_CODES = (
    "010", "011", "012", "013", "005", "006", "007", "008", "014", "015", "016", "017", "018", "019", "020", "027",
)  # fmt: skip
VERSION = "004010"
_LAST_WITHOUT_REPETITION = "00401"


def header_notes(raw: RawHeader) -> Iterator[Note]:
    """Everything that is wrong with a header."""
    wrong_widths = set()
    for position, (value, width) in enumerate(zip(raw.elements, WIDTHS, strict=True), 1):
        if len(value) != width:
            wrong_widths.add(position)
            yield _CODES[position - 1], f"ISA{position:02} has {len(value)} characters, but must have {width}"
    if found := problem(raw.separators):
        yield found
        return
    uses = dictionary(VERSION).segments["ISA"].uses
    for position, (value, use) in enumerate(zip(raw.elements, uses, strict=True), 1):
        element = use.element
        assert isinstance(element, Element)
        if position == 16 or position in wrong_widths or (not value.strip() and position in (2, 4)):
            continue
        if position == 11 and _is_repetition_separator(value, raw):
            continue
        if not value.strip() or value_error(value, element, raw.separators, "extended"):
            yield _CODES[position - 1], f"ISA{position:02} ({element.name}) is {value!r}{_expected(element)}"


def _is_repetition_separator(value: str, raw: RawHeader) -> bool:
    """From 00402 on ISA11 has the character between repetitions of an element (X12.5), before that always U."""
    return raw.elements[11] > _LAST_WITHOUT_REPETITION and not value.isalnum() and value not in raw.separators.all


def _expected(element: Element) -> str:
    if element.codes and len(element.codes) <= 5:
        return f", but must be one of {', '.join(element.codes)}"
    if element.codes:
        return f", which is none of its {len(element.codes)} codes"
    return f", which is no {element.type} of {element.shortest} characters"


def trailer_notes(
    header: InterchangeHeader, elements: list[str], groups: int, separators: Separators
) -> Iterator[Note]:
    """Everything that is wrong with an IEA segment after `groups` functional groups."""
    count, number, *more = (*elements[1:], "", "")
    if any(more[: len(elements) - 3] if len(elements) > 3 else ()):
        yield "024", f"IEA has {len(elements) - 1} elements, but must have 2"
    if not re.fullmatch(r"[0-9]{1,5}", count) or int(count) != groups:
        yield "021", f"IEA01 says {_shown(count)} groups, there are {groups}"
    if number != header.control_number:
        yield "001", f"IEA02 is {_shown(number)}, but ISA13 is {header.control_number!r}"


def _shown(value: str) -> str:
    return repr(value) if value else "nothing"
