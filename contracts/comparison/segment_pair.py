"""The old and the new version of an X12 segment or element, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import UNSET

from .change_rule import ChangeRule
from .judgement import Relation
from .rules.limits import LimitAdded, LimitDropped, LimitLoosened, LimitTightened
from .rules.segments import (
    ElementAdded,
    ElementBecameOptional,
    ElementBecameRequired,
    ElementRemoved,
    ElementReplaced,
    SyntaxNoteChanged,
)
from .rules.types import TypeChanged
from .rules.values import ValueAdded, ValueRemoved, ValuesListed, ValuesUnlisted

if TYPE_CHECKING:
    from ..edi.guide import Composite, Element, SegmentGuide, Use


class SegmentFinding(NamedTuple):
    """`place` is the element's place in the segment, from 1; 0 for the segment itself. `value`: a code that is gone."""

    rule: type[ChangeRule]
    what: str
    relation: Relation | None = None
    place: int = 0
    value: Any = UNSET


def compare_segments(old: SegmentGuide, new: SegmentGuide) -> Iterator[SegmentFinding]:
    """Element by element. Guides share the segments that they do not restrict: those are the same object."""
    if old is new:
        return
    for index, (before, after) in enumerate(zip_longest(old.uses, new.uses), start=1):
        for found in compare_uses(before, after, f"{new.id}{index:02}"):
            yield found._replace(place=index)
    if set(old.notes) != set(new.notes):
        words = [", ".join(sorted(map(str, segment.notes))) or "none" for segment in (old, new)]
        what = f"the syntax notes of {new.id} are {words[1]}, and were {words[0]}"
        yield SegmentFinding(SyntaxNoteChanged, what, Relation.UNKNOWN)


def compare_uses(old: Use | None, new: Use | None, name: str) -> Iterator[SegmentFinding]:
    """An element where it stands; None where the segment is shorter."""
    there = [use is not None and not use.forbidden for use in (old, new)]
    if old is None or new is None or there != [True, True]:
        if there == [True, False] and old is not None:
            relation = Relation.APART if old.required else Relation.NARROWER
            yield SegmentFinding(ElementRemoved, f"{name} must be empty", relation)
        elif there == [False, True] and new is not None:
            relation = Relation.APART if new.required else Relation.WIDER
            yield SegmentFinding(ElementAdded, f"{name} may be filled, and had to be empty", relation)
        return
    if old.required != new.required:
        rule, verb = (
            (ElementBecameRequired, "must be filled") if new.required else (ElementBecameOptional, "may be empty")
        )
        yield SegmentFinding(rule, f"{name} {verb}")
    if old.element.number != new.element.number:
        what = f"{name} is element {new.element.number}, and was {old.element.number}"
        yield SegmentFinding(ElementReplaced, what)
    else:
        yield from compare_elements(old.element, new.element, name)


def compare_elements(old: Element | Composite, new: Element | Composite, name: str) -> Iterator[SegmentFinding]:
    """What may stand in it."""
    from ..edi.guide import Composite

    if old is new:
        return
    if isinstance(old, Composite) and isinstance(new, Composite):
        for index, (before, after) in enumerate(zip_longest(old.components, new.components), start=1):
            yield from compare_uses(before, after, f"{name}-{index}")
    elif isinstance(old, Composite) or isinstance(new, Composite):
        yield SegmentFinding(TypeChanged, f"{name} is made of components in one version and not in the other")
    else:
        if old.type != new.type:
            yield SegmentFinding(TypeChanged, f"{name} is of type {new.type}, and was of type {old.type}")
        yield from _lengths(old, new, name)
        yield from _codes(old, new, name)


def _lengths(old: Element, new: Element, name: str) -> Iterator[SegmentFinding]:
    if new.shortest != old.shortest:
        rule = LimitTightened if new.shortest > old.shortest else LimitLoosened
        yield SegmentFinding(rule, f"the least length of {name} is {new.shortest}, and was {old.shortest}")
    if new.longest != old.longest:
        rule = LimitTightened if new.longest < old.longest else LimitLoosened
        yield SegmentFinding(rule, f"the greatest length of {name} is {new.longest}, and was {old.longest}")


def _codes(old: Element, new: Element, name: str) -> Iterator[SegmentFinding]:
    before, after = old.closed_codes, new.closed_codes
    if before is None and after is not None:
        yield SegmentFinding(ValuesListed, f"{name} must be one of {', '.join(after)}")
    elif before is not None and after is None:
        yield SegmentFinding(ValuesUnlisted, f"{name} need no more be one of {', '.join(before)}")
    elif before is not None and after is not None:
        for code in [code for code in before if code not in after]:
            yield SegmentFinding(ValueRemoved, f"{name} has no code {code} any more", value=code)
        for code in [code for code in after if code not in before]:
            yield SegmentFinding(ValueAdded, f"{name} has a new code {code}")


def compare_bounds(old: int | None, new: int | None, name: str) -> Iterator[SegmentFinding]:
    """How often something may stand there; None is without bound."""
    if old == new:
        return
    if old is None:
        yield SegmentFinding(LimitAdded, f"{name} may stand there {new} times, and could any number of times")
    elif new is None:
        yield SegmentFinding(LimitDropped, f"{name} may stand there any number of times, and could {old}")
    else:
        rule = LimitTightened if new < old else LimitLoosened
        yield SegmentFinding(rule, f"{name} may stand there {new} times, and could {old}")
