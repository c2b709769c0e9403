"""Reading interchanges: as a stream, checked by the guides on the way, so that memory does not grow with the file.

A file holds interchanges, an interchange groups, a group sets. Each is judged by itself: a bad set doesn't keep the
others from being read, a broken interchange not the next one. Nothing is raised for what a file says: it is all in
the events.
"""

from __future__ import annotations

from collections.abc import Iterator

from .envelope_check import header_notes, trailer_notes
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
from .findings import REJECTED, InterchangeResult
from .group_read import GroupRead
from .guides import Guides
from .header import InterchangeHeader
from .limits import USUAL, Limits
from .segment_stream import RawHeader, Rest, SegmentStream
from .separators import Separators
from .separators import problem as separators_problem
from .set_read import SetRead
from .source import Source, text_chunks

_ENVELOPE = frozenset(("ISA", "IEA", "GS", "GE", "ST", "SE", "TA1"))


def read(
    source: Source, guides: Guides, limits: Limits = USUAL, *, look_into_rejected: bool = False
) -> Iterator[Event]:
    """Everything that stands in a file, in order.

    Lazy: the file is read as the events are asked for, and may be of any size. No more is held than one set, and the
    results of the sets of one group. With `look_into_rejected` an interchange is read on whose header is rejected, as
    far as its separators divide it: for people to see, and for nobody to act upon.
    """
    stream = SegmentStream(text_chunks(source), limits.segment_characters)
    position = 0
    while (found := stream.next_header()) is not None:
        if isinstance(found, Rest):
            yield Junk(found.offset, found.text, found.problem)
            continue
        interchange = _InterchangeRead(stream, found, guides, limits, position)
        yield from interchange.events(look_into_rejected)
        position = interchange.position


class _InterchangeRead:
    """One interchange. `position` counts the segments of the file."""

    def __init__(self, stream: SegmentStream, raw: RawHeader, guides: Guides, limits: Limits, position: int) -> None:
        self._stream = stream
        self._guides = guides
        self._limits = limits
        notes = list(header_notes(raw))
        marks = raw.separators
        self._separators = Separators(marks.element, marks.component, marks.terminator, stream.skip_line_breaks())
        self.header = InterchangeHeader.of(raw.elements, self._separators)
        self._notes = notes
        self._group: GroupRead | None = None
        self._set: SetRead | None = None
        self._groups = 0
        self.position = position + 1

    def events(self, look_into_rejected: bool) -> Iterator[Event]:
        result = self._result()
        yield InterchangeStart(self.header, self.position, result)
        if result.code == REJECTED and not (look_into_rejected and separators_problem(self._separators) is None):
            self._skip()
        else:
            yield from self._content()
        yield InterchangeEnd(self.header, self._result(), self.position)

    def _content(self) -> Iterator[Event]:
        element, terminator = self._separators.element, self._separators.terminator
        stream, limit = self._stream, self._limits
        while (texts := stream.batch(terminator)) is not None:
            for index, text in enumerate(texts):
                if text[:1] <= " " or text[-1] <= "\r":
                    text = text.lstrip(" \t\r\n").rstrip("\r\n")
                    if not text:
                        continue
                elements = text.split(element)
                reading = self._set
                if reading is not None and elements[0] not in _ENVELOPE:
                    self.position += 1
                    reading.feed(text, elements, limit)
                    continue
                if elements[0] == "ISA":
                    stream.unread(texts, index)
                    yield from self._broken_off("022", "the next interchange begins, and there was no IEA")
                    return
                self.position += 1
                yield from self._envelope(text, elements)
                if elements[0] == "IEA":
                    stream.unread(texts, index + 1)
                    return
        yield from self._end_of_file()

    def _envelope(self, text: str, elements: list[str]) -> Iterator[Event]:
        segment_id = elements[0]
        if segment_id == "ST":
            yield from self._close_set()
            if self._group is None:
                self._note("024", f"set {' '.join(elements[1:3])} stands outside of any group")
            else:
                self._set = self._group.begin_set(text, elements, self._separators, self.position, self._limits)
        elif segment_id == "SE" and self._set is not None:
            self._set.end(text, elements)
            yield from self._close_set()
        elif segment_id == "GS":
            yield from self._close_group(None)
            self._groups += 1
            self._group = GroupRead(elements, self.header, self._guides, self._separators)
            yield GroupStart(self._group.header, self.position, tuple(self._group.errors))
        elif segment_id == "GE":
            yield from self._close_set()
            if self._group is None:
                self._note("022", "there is a GE without its GS")
            yield from self._close_group(elements)
        elif segment_id == "IEA":
            yield from self._close_group(None)
            self._notes.extend(trailer_notes(self.header, elements, self._groups, self._separators))
        elif segment_id == "TA1" and self._group is None:
            number, date, time, code, note = (*elements[1:6], *[""] * 5)[:5]
            yield InterchangeAcknowledgment(number, date, time, code, note, self.position)
        else:
            self._note("024", f"segment {segment_id[:3]!r} stands outside of any set")

    def _close_set(self) -> Iterator[TransactionSet]:
        if self._set is not None and self._group is not None:
            found = self._set.result()
            self._group.add(found.result, self._limits)
            self._set = None
            yield found

    def _close_group(self, trailer: list[str] | None) -> Iterator[Event]:
        yield from self._close_set()
        if self._group is not None:
            yield GroupEnd(self._group.header, self._group.result(trailer), self.position)
            self._group = None

    def _end_of_file(self) -> Iterator[Event]:
        stream = self._stream
        if stream.overlong:
            longest = self._limits.segment_characters
            yield from self._broken_off(
                "024", f"the segment {stream.cut_off!r}… has more than {longest} characters, which is the limit"
            )
        else:
            yield from self._broken_off("023", self._cut_off_at(stream.cut_off))

    def _cut_off_at(self, segment: str) -> str:
        if segment.startswith(f"IEA{self._separators.element}"):
            return f"the last segment, {segment!r}, lacks the terminator {self._separators.terminator!r}"
        return "the file ends before IEA" + (f", in the segment {segment!r}" if segment else "")

    def _broken_off(self, note: str, problem: str) -> Iterator[Event]:
        yield from self._close_group(None)
        self._note(note, problem)

    def _skip(self) -> None:
        """Pass a rejected interchange: nobody may act upon what is in it."""
        terminator, element = self._separators.terminator, self._separators.element
        if terminator.isalnum() or terminator == element:
            return  # it divides nothing; the next header is looked for instead
        while (texts := self._stream.batch(terminator)) is not None:
            for index, text in enumerate(texts):
                head = text.lstrip(" \t\r\n")[:4]
                if head[:3] == "ISA":
                    self._stream.unread(texts, index)
                    return
                self.position += 1
                if head == f"IEA{element}":
                    self._stream.unread(texts, index + 1)
                    return

    def _note(self, code: str, problem: str) -> None:
        if len(self._notes) < self._limits.set_errors:
            self._notes.append((code, problem))

    def _result(self) -> InterchangeResult:
        return InterchangeResult(
            self.header.control_number,
            self.header.date,
            self.header.time,
            tuple(code for code, _ in self._notes),
            tuple(problem for _, problem in self._notes),
        )
