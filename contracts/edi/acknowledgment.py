"""A 997 for a functional group: its body, from what reading found. X12.20."""

from __future__ import annotations

from collections.abc import Iterator

from .findings import ElementError, GroupResult, SegmentError, SetResult
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

    Raises: ValueError for a group of 997s.
    """
    if group.functional_id == "FA":
        raise ValueError("a functional acknowledgment is never acknowledged by another (X12.20)")
    segments: list[SegmentValues] = [["AK1", group.functional_id, group.control_number]]
    for result in group.sets:
        if not (only_errors and result.code == "A"):
            segments.extend(_set(result, separators))
    counts = (str(group.included), str(group.received), str(group.accepted))
    segments.append(["AK9", group.code, *counts, *group.errors[:_MOST_GROUP_ERRORS]])
    return segments


def _set(result: SetResult, separators: Separators) -> Iterator[SegmentValues]:
    yield ["AK2", result.set_id, result.control_number]
    for error in result.segments:
        yield from _segment(error, separators)
    yield ["AK5", result.code, *result.errors[:_MOST_SET_ERRORS]]


def _segment(error: SegmentError, separators: Separators) -> Iterator[SegmentValues]:
    yield [
        "AK3",
        _copy(error.segment, separators)[:3],
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


def _copy(value: str, separators: Separators) -> str:
    """The data as it stood there; nothing where it could not stand in a 997 either."""
    printable = all(" " <= character <= "~" for character in value)
    return value if printable and not any(mark in value for mark in separators.all) else ""
