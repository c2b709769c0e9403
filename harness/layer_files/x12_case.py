"""Cases of an X12 document: other styles, breaks in its envelope, and breaks that are drawn from its guide."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from random import Random

from ...contracts import edi
from ...contracts.edi.guide import Element, SegmentGuide
from ...scenarios.altered.interchange import Interchange, Segment
from ...scenarios.faults.bad_part_beside import with_bad_part
from ...scenarios.file_fault import AlteringFault
from ...scenarios.scenario import fault_of
from ...simulators.channels.x12.correspondence import warehouse_guides
from .file_case import REFUSED, TAKEN, TOLD, FileCase, Maker

STYLES = {
    "other separators": edi.Separators(element="|", component="^", terminator="\n"),
    "all on one line": edi.Separators(),
    "line feeds and carriage returns": edi.Separators(line_break="\r\n"),
}
# The fault that breaks the envelope, its parameters, and the codes with which the set or the group is refused.
ENVELOPE: tuple[tuple[str, dict[str, str], frozenset[str]], ...] = (
    ("wrong-count", {"of": "set"}, frozenset({"4"})),
    ("wrong-number", {"of": "set"}, frozenset({"3"})),
    ("wrong-count", {"of": "group"}, frozenset({"5"})),
    ("wrong-number", {"of": "group"}, frozenset({"4"})),
    ("wrong-receiver", {}, frozenset()),
    ("marked-as-test", {}, frozenset()),
)
ENVELOPE_SEGMENTS = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})
SEGMENT_ERRORS = "5"  # AK502: one or more segments are in error
UNKNOWN_CODES = ("ZQ", "Q", "ZQZ", "ZQZQ")
NO_DATE, NO_NUMBER = "20261399", "ABC"


def styles() -> list[Maker]:
    return [*(partial(_styled, style) for style in STYLES), _beside]


def broken_envelopes() -> list[Maker]:
    return [partial(_broken_envelope, *each) for each in ENVELOPE]


def drawn(set_id: str, chance: Random) -> Iterator[Maker]:
    """Breaks of the guide in drawn order: segments left out, and elements left out, or with a value that is none."""
    ways = [
        (segment.id, position, way)
        for segment in {segment.id: segment for segment in _guide(set_id).segments()}.values()
        if segment.id not in ENVELOPE_SEGMENTS
        for position in range(len(segment.uses) + 1)
        for way in (("without",) if position == 0 else ("empty", "wrong", "too long"))
    ]
    chance.shuffle(ways)
    return (partial(_broken, set_id, *way) for way in ways)


def _styled(style: str, content: bytes) -> FileCase:
    return FileCase(TAKEN, style, Interchange.of(content).octets(STYLES[style]))


def _beside(content: bytes) -> FileCase:
    return FileCase(TAKEN, "beside a set whose SE01 is wrong", with_bad_part(content), answer="P")


def _broken_envelope(fault: str, parameters: dict[str, str], codes: frozenset[str], content: bytes) -> FileCase | None:
    made = fault_of({"fault": fault, "party": "west", "document": "945", **parameters})
    assert isinstance(made, AlteringFault), f"{fault} alters no document"
    document = Interchange.of(content)
    how = made.alter(document)
    return FileCase(REFUSED, how, document.octets(), codes) if how else None


def _broken(set_id: str, name: str, position: int, way: str, content: bytes) -> FileCase | None:
    document = Interchange.of(content)
    meant = document.all(name)
    if not meant:
        return None
    if way == "without":
        document.segments = [segment for segment in document.segments if segment[0] != name]
        what = f"without {name}"
        document.one("SE")[1] = str(document.place("SE") - document.place("ST") + 1)
    else:
        value = _value(_segment(set_id, name), meant[0], position, way)
        if value is None:
            return None
        what = f"{name}{position:02} is {value!r} instead of {meant[0][position]!r}"
        meant[0][position] = value
    broken = document.octets()
    codes = refusal(broken)
    return FileCase(TOLD, what, broken, codes | {SEGMENT_ERRORS}) if codes else None


def _value(guide: SegmentGuide, segment: Segment, position: int, way: str) -> str | None:
    """What is to stand there instead, None where nothing stands there or this can't be wrong in this way."""
    element = guide.uses[position - 1].element
    if position >= len(segment) or not segment[position] or not isinstance(element, Element):
        return None
    if way == "empty":
        return ""
    if way == "too long":
        return segment[position].ljust(element.longest + 1, "9" if segment[position].isdecimal() else "X")
    if codes := element.closed_codes:
        fit = (code for code in UNKNOWN_CODES if element.shortest <= len(code) <= element.longest and code not in codes)
        return next(fit, None)
    if element.type in ("DT", "TM"):
        return NO_DATE[: element.longest]
    return NO_NUMBER if element.type[0] in "NR" else None


def refusal(content: bytes) -> frozenset[str]:
    """The codes with which our own reader refuses the set (AK502); nothing when it takes it."""
    sets = [event for event in edi.read(BytesIO(content), warehouse_guides()) if isinstance(event, edi.TransactionSet)]
    return frozenset(code for found in sets if not found.result.is_accepted for code in found.result.errors)


def _segment(set_id: str, name: str) -> SegmentGuide:
    return next(segment for segment in _guide(set_id).segments() if segment.id == name)


def _guide(set_id: str) -> edi.Guide:
    guide = warehouse_guides().by_set(set_id)
    assert guide is not None, f"there is no guide for {set_id}"
    return guide
