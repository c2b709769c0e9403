"""Whose rule a set breaks: the standard's, or only that of the partner whose guide it is judged by."""

from __future__ import annotations

from .events import TransactionSet
from .findings import ElementError, SegmentError
from .set_check import SetCheck
from .structure import compiled

Place = tuple[str, int, str, int, int, str]
"""Segment, its position, code of AK304; position of the element, of the component and code of AK403, or 0, 0 and ""."""


def allowed_by_the_standard(found: TransactionSet) -> frozenset[Place]:
    """The errors of a set that the standard doesn't know of. Empty where no partner's guide was used."""
    standard = found.guide.standard if found.guide else None
    if standard is None or not found.result.segments:
        return frozenset()
    element = found.separators.element
    first, *others = found.segments
    check = SetCheck(compiled(standard, found.separators), most_errors=len(found.segments))
    check.begin(element.join(first), first)
    for elements in others:
        check.feed(element.join(elements), elements)
    return frozenset(_places(found.result.segments)) - frozenset(_places(tuple(check.errors)))


def place(error: SegmentError, part: ElementError | None = None) -> Place:
    """Where an error is, and of what kind."""
    inside = (part.position, part.component or 0, part.code) if part else (0, 0, "")
    return (error.segment, error.position, error.code, *inside)


def _places(errors: tuple[SegmentError, ...]) -> list[Place]:
    found = [place(error) for error in errors if not error.elements]
    return found + [place(error, part) for error in errors for part in error.elements]
