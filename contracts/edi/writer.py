"""Writing interchanges: canonical, counted, and nothing that the guides refuse.

Canonical means: no empty elements at the end of a segment, no empty components at the end of a composite, counts and
control numbers of the trailers from what is there. What was written so is read back to the same values, and written
again to the same octets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .envelope_check import header_notes
from .events import (
    Event,
    GroupStart,
    InterchangeAcknowledgment,
    InterchangeEnd,
    InterchangeStart,
    TransactionSet,
)
from .findings import SegmentError
from .group_read import GroupRead
from .guide import Guide
from .guides import Guides
from .header import GroupHeader, InterchangeHeader
from .limits import Limits
from .segment_stream import RawHeader
from .separators import Separators
from .source import encoded

Element = str | Sequence[str]
"""A value, or the components of a composite."""
SegmentValues = Sequence[Element]
"""A segment: its id, then its elements."""

UNBOUNDED = 10**9


class Refused(ValueError):
    """What was to be written is not what the guide says; `problems` names set, segment and element, one a line."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SetBody:
    """A set: its identifier, its control number (4 to 9 characters) and the segments between ST and SE."""

    set_id: str
    control_number: str
    segments: Sequence[SegmentValues]


@dataclass(frozen=True, slots=True)
class Group:
    """A functional group with its sets."""

    header: GroupHeader
    sets: Sequence[SetBody]


@dataclass(frozen=True, slots=True)
class Interchange:
    """An interchange with its groups; `acknowledgments` are TA1 segments, which stand before the groups."""

    header: InterchangeHeader
    groups: Sequence[Group] = ()
    acknowledgments: Sequence[SegmentValues] = ()


def write(interchange: Interchange, guides: Guides) -> bytes:
    """The octets of an interchange.

    Raises: Refused with everything that a guide or the envelope refuses: nothing is written that we would not accept.
    """
    return b"".join(written(interchange, guides))


def written(interchange: Interchange, guides: Guides) -> Iterator[bytes]:
    """As `write`, set by set. What comes before a set that is refused has been handed out by then."""
    header, separators = interchange.header, interchange.header.separators
    elements = header.elements
    raw = RawHeader(elements, separators)
    if problems := [problem for _, problem in header_notes(raw)]:
        raise Refused(*problems)
    line = _Line(separators)
    yield encoded(line.text(["ISA", *elements], "the interchange header", trim=False))
    for acknowledgment in interchange.acknowledgments:
        yield encoded(line.text(acknowledgment, "the interchange acknowledgment"))
    for group in interchange.groups:
        yield from _group(group, interchange.header, guides, line)
    yield encoded(line.text(["IEA", str(len(interchange.groups)), header.control_number], "the interchange trailer"))


class _Line:
    """Writes segments with one interchange's separators."""

    def __init__(self, separators: Separators) -> None:
        self.separators = separators
        self._end = separators.terminator + separators.line_break

    def elements(self, segment: SegmentValues, where: str) -> list[str]:
        """The elements as text, without empty ones at the end. Raises: Refused for a value that holds a separator."""
        values = []
        for position, value in enumerate(segment):
            parts = [value] if isinstance(value, str) else list(value)
            for component, part in enumerate(parts, 1):
                if held := next((mark for mark in self.separators.all if mark in part), ""):
                    place = f"{position:02}" if isinstance(value, str) else f"{position:02}, component {component},"
                    raise Refused(
                        f"{where}: {segment[0]}{place} is {part!r}, which holds the separator {held!r}: X12 has no way "
                        "to write that; choose other separators or other words"
                    )
            while len(parts) > 1 and not parts[-1]:
                parts.pop()
            values.append(self.separators.component.join(parts))
        while len(values) > 1 and not values[-1]:
            values.pop()
        return values

    def text(self, segment: SegmentValues, where: str, trim: bool = True) -> str:
        """The segment with its terminator."""
        values = self.elements(segment, where) if trim else [str(value) for value in segment]
        return self.separators.element.join(values) + self._end


def _group(group: Group, interchange: InterchangeHeader, guides: Guides, line: _Line) -> Iterator[bytes]:
    header = group.header
    elements = line.elements(["GS", *header.elements], "the group header")
    reading = GroupRead(elements, interchange, guides, line.separators)
    if reading.errors:
        raise Refused(
            f"group {header.functional_id} {header.control_number}: the group header would be refused "
            f"(AK905 {', '.join(reading.errors)}): {' '.join(elements)}"
        )
    yield encoded(line.text(elements, "the group header"))
    for body in group.sets:
        yield _set(body, reading, line)
    yield encoded(line.text(["GE", str(len(group.sets)), header.control_number], "the group trailer"))


def _set(body: SetBody, reading: GroupRead, line: _Line) -> bytes:
    """A set, checked by reading it."""
    where = f"set {body.set_id} {body.control_number}"
    limits = Limits(set_segments=UNBOUNDED, set_characters=UNBOUNDED)
    segments = [["ST", body.set_id, body.control_number]]
    segments += [line.elements(segment, where) for segment in body.segments]
    segments.append(["SE", str(len(segments) + 1), body.control_number])
    texts = [line.separators.element.join(segment) for segment in segments]
    check = reading.begin_set(texts[0], segments[0], line.separators, 1, limits)
    for text, segment in zip(texts[1:-1], segments[1:-1], strict=True):
        check.feed(text, segment, limits)
    check.end(texts[-1], segments[-1])
    found = check.result()
    result = found.result
    if result.errors:
        own = [f"{where}: {result.problem or 'AK502 ' + ', '.join(result.errors)}"] if not result.segments else []
        raise Refused(
            *own, *(f"{where}: {problem}" for error in result.segments for problem in problems_of(error, found.guide))
        )
    end = line.separators.terminator + line.separators.line_break
    return encoded(end.join(texts) + end)


def problems_of(error: SegmentError, guide: Guide | None) -> Iterator[str]:
    """A segment's errors in words."""
    from .wording import element_problem, segment_problem

    place = f"segment {error.position} ({error.segment})"
    if not error.elements:
        yield f"{place}: {segment_problem(error)}"
    for found in error.elements:
        yield f"{place}: {error.position_name(found)} {element_problem(found, error, guide)}"


def collect(events: Iterable[Event]) -> list[Interchange]:
    """Interchanges as they can be written, from the events of reading them: all in memory, errors and all."""
    found: list[Interchange] = []
    groups: list[Group] = []
    sets: list[SetBody] = []
    acknowledgments: list[SegmentValues] = []
    for event in events:
        if isinstance(event, InterchangeStart):
            groups, acknowledgments = [], []
        elif isinstance(event, GroupStart):
            sets = []
            groups.append(Group(event.header, sets))
        elif isinstance(event, TransactionSet):
            sets.append(SetBody(event.set_id, event.control_number, _values(event)))
        elif isinstance(event, InterchangeEnd):
            found.append(Interchange(event.header, groups, acknowledgments))
        elif isinstance(event, InterchangeAcknowledgment):
            acknowledgments.append(["TA1", event.control_number, event.date, event.time, event.code, event.note])
    return found


def _values(found: TransactionSet) -> list[SegmentValues]:
    """A set's segments with their composites taken apart, so that they can be written with other separators."""
    component = found.separators.component
    return [[value.split(component) if component in value else value for value in segment] for segment in found.body()]
