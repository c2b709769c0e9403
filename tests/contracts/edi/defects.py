"""Interchanges with one thing wrong: each class of defect that 997 and TA1 have a code for.

A defect takes the segments of a right interchange (lists of elements, ISA to IEA) and spoils one thing; where there
is no place for it in that interchange it says so. `EXPECTED` has what our reader must find.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crossdock.contracts.edi import (
    GroupEnd,
    Guide,
    Interchange,
    InterchangeEnd,
    Separators,
    TransactionSet,
    read,
    standard_guides,
    write,
)
from crossdock.contracts.edi.guide import Element, LoopPlace, SegmentPlace
from crossdock.tests.contracts.edi.envelope_defects import (
    file_ends_early,
    group_not_supported,
    group_numbers_differ,
    groups_miscounted,
    interchange_numbers_differ,
    malformed_group_number,
    malformed_set_number,
    no_group_trailer,
    no_interchange_date,
    no_set_trailer,
    segments_miscounted,
    set_not_supported,
    set_number_used_twice,
    set_numbers_differ,
    set_of_another_group,
    sets_miscounted,
    trailer_number_with_blanks,
    unknown_sender_qualifier,
    unknown_usage,
    version_not_supported,
)
from crossdock.tests.contracts.edi.generated import guide_of

Segments = list[list[str]]
Spoil = Callable[[random.Random, Segments], bool]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """The octets, which defect they have, and the separators."""

    octets: bytes
    defect: str
    separators: Separators
    set_id: str


def segments_of(octets: bytes, separators: Separators) -> Segments:
    text = octets.decode().replace(separators.terminator + separators.line_break, separators.terminator)
    return [part.split(separators.element) for part in text.split(separators.terminator) if part]


def octets_of(segments: Segments, separators: Separators) -> bytes:
    end = separators.terminator + separators.line_break
    return "".join(separators.element.join(segment) + end for segment in segments).encode()


def spoil(interchange: Interchange, defect: str, seed: int) -> Spoilt | None:
    """The interchange with the defect, None where there is no place for it."""
    separators = interchange.header.separators
    segments = segments_of(write(interchange, standard_guides()), separators)
    if not DEFECTS[defect](random.Random(seed), segments):
        return None
    return Spoilt(octets_of(segments, separators), defect, separators, interchange.groups[0].sets[0].set_id)


def codes_found(octets: bytes) -> set[str]:
    """Every code that our reader tells, as `element 7`, `segment 3`, `set 4`, `group 5`, `note 021`."""
    found = set()
    for event in read(octets, standard_guides()):
        if isinstance(event, TransactionSet):
            result = event.result
            found |= {f"set {code}" for code in result.errors if code != "5"}
            for error in result.segments:
                found |= {f"element {part.code}" for part in error.elements} or {f"segment {error.code}"}
        elif isinstance(event, GroupEnd):
            found |= {f"group {code}" for code in event.result.errors}
        elif isinstance(event, InterchangeEnd):
            found |= {f"note {code}" for code in event.result.notes}
    return found


# -- where something can be spoilt --------------------------------------------------------------------------------


def _guide(segments: Segments) -> Guide:
    return guide_of(next(segment[1] for segment in segments if segment[0] == "ST"))


def _first_set(segments: Segments) -> range:
    begin = next(index for index, segment in enumerate(segments) if segment[0] == "ST")
    end = next(index for index, segment in enumerate(segments) if segment[0] == "SE")
    return range(begin + 1, end)


def _elements(segments: Segments) -> Iterator[tuple[int, int, Element]]:
    """Segment index, element position and element of every simple value in the first set."""
    guides = {segment.id: segment for segment in _guide(segments).segments()}
    for index in _first_set(segments):
        for position, use in enumerate(guides[segments[index][0]].uses, 1):
            if isinstance(use.element, Element) and position < len(segments[index]) and segments[index][position]:
                yield index, position, use.element


def _put(chance: random.Random, segments: Segments, choices: list[tuple[int, int, str]]) -> bool:
    """Put one of the values in its place."""
    if not choices:
        return False
    index, position, value = chance.choice(choices)
    segments[index] += [""] * (position + 1 - len(segments[index]))
    segments[index][position] = value
    while segments[index][-1] == "":
        segments[index].pop()
    return True


def _recount(segments: Segments) -> None:
    """Set SE01 of the first set right again: one thing only is to be wrong."""
    inside = _first_set(segments)
    segments[inside.stop][1] = str(len(inside) + 2)


def _insert(segments: Segments, at: int, segment: list[str]) -> bool:
    segments.insert(at, segment)
    _recount(segments)
    return True


def _remove(segments: Segments, index: int) -> bool:
    del segments[index]
    _recount(segments)
    return True


# -- in an element --------------------------------------------------------------------------------------------------


def mandatory_element_missing(chance: random.Random, segments: Segments) -> bool:
    guides = {segment.id: segment for segment in _guide(segments).segments()}
    choices = []
    for index in _first_set(segments):
        uses = guides[segments[index][0]].uses
        choices += [
            (index, position, "")
            for position, use in enumerate(uses, 1)
            if use.required and not any(position in note.positions for note in guides[segments[index][0]].notes)
        ]
    choices = [(index, position, value) for index, position, value in choices if len(segments[index]) > 2]
    return _put(chance, segments, choices)


def conditional_element_missing(chance: random.Random, segments: Segments) -> bool:
    """The second of a pair."""
    guides = {segment.id: segment for segment in _guide(segments).segments()}
    choices = []
    for index in _first_set(segments):
        for note in guides[segments[index][0]].notes:
            last = note.positions[-1]
            if note.kind == "P" and last < len(segments[index]) and segments[index][last]:
                choices.append((index, last, ""))
    return _put(chance, segments, choices)


def too_many_elements(chance: random.Random, segments: Segments) -> bool:
    guides = {segment.id: segment for segment in _guide(segments).segments()}
    index = chance.choice(list(_first_set(segments)))
    return _put(chance, segments, [(index, len(guides[segments[index][0]].uses) + 1, "X")])


def element_too_short(chance: random.Random, segments: Segments) -> bool:
    choices = [
        (index, position, "A" * (element.shortest - 1))
        for index, position, element in _elements(segments)
        if element.shortest > 1 and element.type in ("AN", "ID")
    ]
    return _put(chance, segments, choices)


def element_too_long(chance: random.Random, segments: Segments) -> bool:
    choices = [
        (index, position, ("1" if element.type[0] in "NR" else "A") * (element.longest + 1))
        for index, position, element in _elements(segments)
        if element.type not in ("DT", "TM")
    ]
    return _put(chance, segments, choices)


def letter_in_a_number(chance: random.Random, segments: Segments) -> bool:
    choices = [
        (index, position, "X" * max(element.shortest, 1))
        for index, position, element in _elements(segments)
        if element.type[0] in "NR"
    ]
    return _put(chance, segments, choices)


def control_character(chance: random.Random, segments: Segments) -> bool:
    choices = [
        (index, position, segments[index][position][:-1] + "\x07")
        for index, position, element in _elements(segments)
        if element.type == "AN"
    ]
    return _put(chance, segments, choices)


def unknown_code(chance: random.Random, segments: Segments) -> bool:
    choices = [
        (index, position, "Q" * element.shortest)
        for index, position, element in _elements(segments)
        if element.closed_codes and "Q" * element.shortest not in element.closed_codes
    ]
    return _put(chance, segments, choices)


def no_date(chance: random.Random, segments: Segments) -> bool:
    choices = [(index, at, "20260230") for index, at, element in _elements(segments) if element.type == "DT"]
    return _put(chance, segments, choices)


def no_time(chance: random.Random, segments: Segments) -> bool:
    choices = [(index, at, "2460") for index, at, element in _elements(segments) if element.type == "TM"]
    return _put(chance, segments, choices)


def excluded_element(chance: random.Random, segments: Segments) -> bool:
    """QTY has a quantity as a number or in words, not both."""
    choices = [
        (index, 4, "SOME")
        for index in _first_set(segments)
        if segments[index][0] == "QTY" and segments[index][2:3] > [""]
    ]
    return _put(chance, segments, choices)


# -- a segment ------------------------------------------------------------------------------------------------------


def unknown_segment(chance: random.Random, segments: Segments) -> bool:
    return _insert(segments, chance.choice(list(_first_set(segments))) + 1, ["QQ", "1"])


def segment_of_another_set(chance: random.Random, segments: Segments) -> bool:
    used = {segment.id for segment in _guide(segments).segments()}
    other = ["TD1", "PLT", "5"] if "TD1" not in used else ["W14", "5"]
    return _insert(segments, chance.choice(list(_first_set(segments))) + 1, other)


def mandatory_segment_missing(chance: random.Random, segments: Segments) -> bool:
    """The segment after ST, which every set demands."""
    del chance
    return _remove(segments, _first_set(segments).start)


def segment_too_often(chance: random.Random, segments: Segments) -> bool:
    """The segment after ST twice."""
    del chance
    at = _first_set(segments).start
    return _insert(segments, at, list(segments[at]))


def loop_too_often(chance: random.Random, segments: Segments) -> bool:
    del chance
    structure = _guide(segments).structure
    loop = next(
        (
            place
            for place in structure
            if isinstance(place, LoopPlace) and place.most and place.most <= 200 and place.leader.segment.id == "N1"
        ),
        None,
    )
    inside = [index for index in _first_set(segments) if segments[index][0] == "N1"]
    if loop is None or loop.most is None or not inside or not _is_heading(segments, inside[0]):
        return False
    for _ in range(loop.most):
        segments.insert(inside[0], ["N1", "ST", "NAME"])
    _recount(segments)
    return True


def _is_heading(segments: Segments, index: int) -> bool:
    """Whether no loop of another kind began before."""
    leaders = {
        place.leader.segment.id
        for place in _guide(segments).structure
        if isinstance(place, LoopPlace) and place.leader.segment.id != "N1"
    }
    return all(segments[before][0] not in leaders for before in range(_first_set(segments).start, index))


def segment_out_of_sequence(chance: random.Random, segments: Segments) -> bool:
    """The segment after ST moved behind another of the heading."""
    del chance
    inside = _first_set(segments)
    structure = _guide(segments).structure
    heading = {place.segment.id for place in structure if isinstance(place, SegmentPlace)} - {"ST", "SE"}
    if len(inside) < 3 or segments[inside.start + 1][0] not in heading:
        return False
    copy = list(segments[inside.start])
    return _insert(segments, inside.start + 2, copy)


def unexpected_segment(chance: random.Random, segments: Segments) -> bool:
    """N3 where no N1 is: a name's address without the name."""
    del chance
    if not any(segment.id == "N3" for segment in _guide(segments).segments()):
        return False
    return _insert(segments, _first_set(segments).start + 1, ["N3", "MAIN STREET 1"])


DEFECTS: dict[str, Spoil] = {}
EXPECTED: dict[str, str] = {}
for _spoil, _code in (
    (mandatory_element_missing, "element 1"),
    (conditional_element_missing, "element 2"),
    (too_many_elements, "element 3"),
    (element_too_short, "element 4"),
    (element_too_long, "element 5"),
    (letter_in_a_number, "element 6"),
    (control_character, "element 6"),
    (unknown_code, "element 7"),
    (no_date, "element 8"),
    (no_time, "element 9"),
    (excluded_element, "element 10"),
    (unknown_segment, "segment 1"),
    (unexpected_segment, "segment 2"),
    (mandatory_segment_missing, "segment 3"),
    (loop_too_often, "segment 4"),
    (segment_too_often, "segment 5"),
    (segment_of_another_set, "segment 6"),
    (segment_out_of_sequence, "segment 7"),
    (set_not_supported, "set 1"),
    (no_set_trailer, "set 2"),
    (set_numbers_differ, "set 3"),
    (segments_miscounted, "set 4"),
    (set_of_another_group, "set 6"),
    (malformed_set_number, "set 7"),
    (set_number_used_twice, "set 23"),
    (group_not_supported, "group 1"),
    (version_not_supported, "group 2"),
    (no_group_trailer, "group 3"),
    (group_numbers_differ, "group 4"),
    (sets_miscounted, "group 5"),
    (malformed_group_number, "group 6"),
    (interchange_numbers_differ, "note 001"),
    (trailer_number_with_blanks, "note 001"),
    (unknown_sender_qualifier, "note 005"),
    (no_interchange_date, "note 014"),
    (unknown_usage, "note 020"),
    (groups_miscounted, "note 021"),
    (file_ends_early, "note 023"),
):
    DEFECTS[_spoil.__name__] = _spoil
    EXPECTED[_spoil.__name__] = _code


def corpus(per_defect: int, make: Callable[[int], Interchange]) -> list[Spoilt]:
    """That many of each defect, from interchanges of rising seeds."""
    found = []
    for defect in DEFECTS:
        seed = 0
        taken = 0
        while taken < per_defect:
            spoilt = spoil(make(seed), defect, seed)
            seed += 1
            if spoilt is not None:
                found.append(spoilt)
                taken += 1
            assert seed < 3_000, f"no place for {defect}"
    return found
