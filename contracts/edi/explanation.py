"""A file of interchanges in words: what each element of each segment means, and what is wrong where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .attribution import allowed_by_the_standard, place
from .dictionary import VERSION, dictionary
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
from .findings import REJECTED, ElementError, SegmentError
from .guide import Composite, Element, SegmentGuide, Use
from .header import InterchangeHeader
from .names import segment_name, set_name
from .separators import problem as separators_problem
from .wording import element_problem, group_problems, meaning, segment_problem, set_problems

NOT_JUDGED = "not judged, for there is no guide; `--guide FILE` names one"
ONLY_LOOKED_AT = "is rejected for its header: what is in it is looked at, and nobody may act upon it"
VERDICTS = {"A": "accepted", "E": "accepted, errors noted", "P": "partly accepted", "R": "rejected"}
_SEGMENT = "  "
_ELEMENT = "       "
_MARK = "  <-- "


def explained(events: Iterable[Event]) -> Iterator[str]:
    """The lines that explain all that reading found. Lazy, as reading is."""
    for event in events:
        if isinstance(event, InterchangeStart):
            yield from _interchange(event)
        elif isinstance(event, GroupStart):
            yield f"Group {plain(event.header.functional_id)} {plain(event.header.control_number)}"
            yield from _segment(["GS", *event.header.elements], None, None, [], (), "")
        elif isinstance(event, TransactionSet):
            yield from _set(event)
        else:
            yield from told(event)


def told(event: Event) -> Iterator[str]:
    """The verdict on a group, an interchange, or text that is none, with what is wrong; nothing for other events."""
    if isinstance(event, InterchangeStart):
        if event.result.code == REJECTED and separators_problem(event.header.separators) is None:
            yield f"Interchange {plain(event.header.control_number)} {ONLY_LOOKED_AT}"
    elif isinstance(event, GroupEnd):
        result = event.result
        counts = f"{result.accepted} of {result.received} sets accepted"
        number = plain(result.control_number)
        only_unguided = bool(result.unguided) and result.errors == (result.unguided,)
        verdict = NOT_JUDGED.partition(";")[0] if only_unguided else VERDICTS[result.code]
        yield f"Group {plain(result.functional_id)} {number} ends: {verdict}, {counts}"
        yield from (f"{_SEGMENT}{plain(problem)}" for problem in group_problems(result))
    elif isinstance(event, InterchangeEnd):
        yield f"Interchange {plain(event.result.control_number)} ends: {VERDICTS[event.result.code]}"
        for note, problem in zip(event.result.notes, event.result.problems, strict=True):
            yield f"{_SEGMENT}{plain(problem)} (TA105 {note})"
    elif isinstance(event, InterchangeAcknowledgment):
        what = VERDICTS.get(event.code, plain(event.code))
        why = f": {meaning('I18', event.note)}" if event.note else ""
        yield f"TA1: interchange {plain(event.control_number)} of {plain(event.date)} was {what}{plain(why)}"
    elif isinstance(event, Junk):
        yield f"No interchange at character {event.offset + 1}: {event.problem}. It begins: {plain(event.text)}"


def set_lines(found: TransactionSet) -> Iterator[str]:
    """The verdict on a set, and everything that is wrong with it, a line each."""
    result = found.result
    name = found.guide.name if found.guide else set_name(found.set_id)
    verdict = VERDICTS[result.code] if found.guide else NOT_JUDGED
    numbered = f"{plain(found.set_id)} {plain(found.control_number)} {name}".rstrip()
    yield f"Set {numbered} (segment {found.position} of the file): {verdict}"
    yield from (f"{_SEGMENT}{plain(problem)}" for problem in set_problems(found))
    allowed = allowed_by_the_standard(found)
    for error in result.segments:
        at = f"{_SEGMENT}segment {error.position}, {plain(error.segment)}"
        if not error.elements:
            yield f"{at} {segment_problem(error)} (AK304 {error.code}){_whose(found, place(error) in allowed)}"
        for part in error.elements:
            told = f"{error.position_name(part)} {element_problem(part, error, found.guide)}"
            yield f"{at}: {told} (AK403 {part.code}){_whose(found, place(error, part) in allowed)}"


def _whose(found: TransactionSet, is_allowed: bool) -> str:
    return f": a rule of the guide {found.guide.name!r}, not of the standard" if is_allowed and found.guide else ""


def plain(text: str) -> str:
    """The text with everything that a terminal might obey, or can't show, written as an escape; octets that are no
    UTF-8 as they stand in the file, \\x96.
    """
    return "".join(character if character.isprintable() else _escaped(character) for character in text)


def _escaped(character: str) -> str:
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def _interchange(event: InterchangeStart) -> Iterator[str]:
    header: InterchangeHeader = event.header
    yield from told(event)
    yield (
        f"Interchange {plain(header.control_number)} from {plain(str(header.sender))} to {plain(str(header.receiver))}"
    )
    yield from _segment(["ISA", *(value.strip() for value in header.elements)], None, None, [], (), "")


def _set(found: TransactionSet) -> Iterator[str]:
    yield from list(set_lines(found))[: 1 + len(set_problems(found))]
    by_position: dict[int, list[SegmentError]] = {}
    for error in found.result.segments:
        by_position.setdefault(error.position, []).append(error)
    loop = ""
    for position, elements in enumerate(found.segments, 1):
        stand = found.stands[position - 1] if position <= len(found.stands) else None
        if stand is not None and stand.loop_id != loop:
            loop = stand.loop_id
            yield f"{_SEGMENT}in loop {loop}:" if loop else f"{_SEGMENT}outside of loops:"
        guide = stand.place.segment if stand else None
        errors = by_position.pop(position, [])
        yield from _segment(elements, guide, position, errors, found, found.separators.component)
    for errors in by_position.values():  # of a set that was too long to be held
        yield from (f"{_SEGMENT}{plain(error.segment)} {segment_problem(error)}" for error in errors)


def _segment(
    elements: list[str],
    guide: SegmentGuide | None,
    position: int | None,
    errors: list[SegmentError],
    found: TransactionSet | tuple[()],
    component: str,
) -> Iterator[str]:
    segment = guide or dictionary(VERSION).segments.get(elements[0])
    own = [error for error in errors if not error.elements and error.segment == elements[0] and error.code != "3"]
    yield from (
        f"{_ELEMENT}{_MARK.strip()} {error.segment} {segment_problem(error)}" for error in errors if error.code == "3"
    )
    number = f"{position:4} " if position else f"{'':5}"
    name = segment.name if segment else segment_name(elements[0]) or "(a segment that no guide here knows)"
    yield f"{number}{plain(elements[0]):3}  {name}" + "".join(f"{_MARK}{segment_problem(error)}" for error in own)
    wrong = {part.position: (part, error) for error in reversed(errors) for part in reversed(error.elements)}
    last = max([len(elements) - 1, *wrong], default=0)
    set_guide = found.guide if isinstance(found, TransactionSet) else None
    for at in range(1, last + 1):
        value = elements[at] if at < len(elements) else ""
        if not value and at not in wrong:
            continue
        if segment is None:
            yield f"{_ELEMENT}{at:02} {plain(value)}"
            continue
        use = segment.uses[at - 1] if at <= len(segment.uses) else None
        line = f"{_ELEMENT}{at:02} {_described(use, value, component)}"
        if at in wrong:
            part, error = wrong[at]
            line += _MARK + _within(part) + element_problem(part, error, set_guide)
        yield line


def _within(part: ElementError) -> str:
    return f"component {part.component} " if part.component else ""


def _described(use: Use | None, value: str, component: str) -> str:
    """An element's name, value and, of a code, its meaning."""
    if use is None:
        return f"(no such element): {plain(value)}"
    element = use.element
    if isinstance(element, Composite) and component:
        parts = [
            _described(part, given, "")
            for part, given in zip(element.components, value.split(component), strict=False)
            if given
        ]
        return f"{element.name}: {'; '.join(parts)}" if parts else f"{element.name}:"
    shown = plain(value)
    if isinstance(element, Element) and element.codes and element.codes.get(value):
        shown += f" ({element.codes[value]})"
    elif isinstance(element, Element) and element.codes and value:
        shown += " (a code whose meaning is not known here)"
    elif isinstance(element, Element) and value:
        shown = _readable(element, value) or shown
    return f"{element.name}: {shown}".rstrip()


def _readable(element: Element, value: str) -> str:
    """A date, a time or a number with implied decimals as people write it; "" where it is none."""
    if not value.isdecimal():
        return ""
    if element.type == "DT" and len(value) == 8:
        return f"{value} ({value[:4]}-{value[4:6]}-{value[6:]})"
    if element.type == "TM" and len(value) in (4, 6, 8):
        return f"{value} ({':'.join(value[at : at + 2] for at in range(0, min(len(value), 6), 2))})"
    if element.type[0] == "N" and element.type != "N0":
        decimals = int(element.type[1:])
        digits = value.zfill(decimals + 1)
        return f"{value} ({digits[:-decimals]}.{digits[-decimals:]})"
    return ""
