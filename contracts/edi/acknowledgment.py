"""A 997 for a functional group: its body, from what reading found. X12.20."""

from __future__ import annotations

from collections.abc import Iterator

from .data_types import has_trailing_spaces, value_error
from .dictionary import dictionary
from .envelope_check import VERSION
from .findings import ElementError, GroupResult, SegmentError, SetResult
from .guide import Element as DataElement
from .separators import USUAL, Separators
from .writer import Element, SegmentValues

_MOST_SET_ERRORS = 5
_MOST_GROUP_ERRORS = 5
_MOST_ELEMENT_ERRORS = 99
_LONGEST_COPY = 99


def acknowledge(
    group: GroupResult, separators: Separators = USUAL, *, only_errors: bool = False
) -> list[SegmentValues]:
    """The segments between ST and SE of the 997 for a group. There is none for a group of 997s: that would never end.

    `separators` are those that the 997 will be written with: bad data that holds one can't be copied into AK404.
    `only_errors` leaves out AK2 and AK5 of sets that were accepted, as some partners want it.

    What a 997 can't name (a set without a legal id or number, a segment without a legal id) is left out; the counts and
    codes around it tell of it all the same.

    Raises: ValueError for a group of 997s, and for one without a legal id or control number.
    """
    if group.functional_id == "FA":
        raise ValueError("a functional acknowledgment is never acknowledged by another (X12.20)")
    if not can_be_named(group, separators):
        raise ValueError(f"a 997 can't name the group {group.functional_id!r} {group.control_number!r}")
    segments: list[SegmentValues] = [["AK1", group.functional_id, group.control_number]]
    for result in group.sets:
        named = _fits("143", result.set_id, separators) and _fits("329", result.control_number, separators)
        if named and not (only_errors and result.code == "A"):
            segments.extend(_set(result, separators))
    counts = (str(group.included), str(group.received), str(group.accepted))
    segments.append(["AK9", group.code, *counts, *group.errors[:_MOST_GROUP_ERRORS]])
    return segments


def _set(result: SetResult, separators: Separators) -> Iterator[SegmentValues]:
    yield ["AK2", result.set_id, result.control_number]
    for error in result.segments:
        if _fits("721", error.segment, separators):
            yield from _segment(error, separators)
    yield ["AK5", result.code, *result.errors[:_MOST_SET_ERRORS]]


def _segment(error: SegmentError, separators: Separators) -> Iterator[SegmentValues]:
    yield [
        "AK3",
        error.segment,
        str(error.position),
        _copy(error.bounded, separators),
        error.code,
    ]
    for found in error.elements[:_MOST_ELEMENT_ERRORS]:
        yield _element(found, separators)


def _element(error: ElementError, separators: Separators) -> SegmentValues:
    position: Element = str(error.position)
    if error.component is not None:
        position = [str(error.position), str(error.component)]
    number = error.number if error.number.isdecimal() else ""  # composites and I05 have no number that AK402 could take
    return ["AK4", position, number, error.code, _copy(error.value, separators)[:_LONGEST_COPY].strip(" ")]


def can_be_named(group: GroupResult, separators: Separators = USUAL) -> bool:
    """Whether a 997 can say which group it is about: its id and its control number are legal."""
    return _fits("479", group.functional_id, separators) and _fits("28", group.control_number, separators)


def _fits(number: str, value: str, separators: Separators) -> bool:
    """Whether a value can stand in an element of the 997."""
    element = dictionary(VERSION).elements[number]
    assert isinstance(element, DataElement), "composites are not asked for"
    return value_error(value, element, separators, "extended") == "" and not has_trailing_spaces(value, element)


def _copy(value: str, separators: Separators) -> str:
    """The data as it stood there; nothing where it could not stand in a 997 either."""
    printable = all(" " <= character <= "~" for character in value)
    return value if printable and not any(mark in value for mark in separators.all) else ""
