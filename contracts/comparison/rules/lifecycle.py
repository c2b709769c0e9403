"""What is about to go: deprecation, and the day until which something works (`x-sunset`, RFC 8594)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from ...part import Part
from ..change_rule import ChangeRule, change_rule
from ..judgement import Level
from ..operation_pair import OperationPair, operation_comparer
from ..schema_comparison import SchemaPair, comparer


@change_rule
class Deprecated(ChangeRule):
    """Something is deprecated, with the day until which it works. Until then it works."""

    id = "deprecated"
    title = "Something will end"
    always = Level.COMPATIBLE


@change_rule
class SunsetMissing(ChangeRule):
    """Something is deprecated, and nobody says until when it works. Whoever uses it cannot plan."""

    id = "sunset-missing"
    title = "Something will end, and nobody says when"
    always = Level.DANGEROUS


@change_rule
class SunsetUnreadable(ChangeRule):
    """The day until which something works is no date."""

    id = "sunset-unreadable"
    title = "The day on which something ends is no date"
    always = Level.DANGEROUS


@change_rule
class SunsetSoon(ChangeRule):
    """Something ends sooner than partners were promised to be told in advance (`--notice-days`)."""

    id = "sunset-soon"
    title = "Something ends too soon"
    always = Level.BREAKING


@change_rule
class SunsetWithdrawn(ChangeRule):
    """What was to end on a day that had been told is still deprecated, and nobody says any more until when it works."""

    id = "sunset-withdrawn"
    title = "The day on which something ends is gone"
    always = Level.DANGEROUS


@change_rule
class SunsetMoved(ChangeRule):
    """Something ends on a later day than had been told."""

    id = "sunset-moved"
    title = "Something ends later"
    always = Level.COMPATIBLE


@change_rule
class Reinstated(ChangeRule):
    """Something is deprecated no more."""

    id = "reinstated"
    title = "Something will not end"
    always = Level.COMPATIBLE


class _Found(NamedTuple):
    rule: type[ChangeRule]
    what: str


def day_of(value: Any) -> date | None:
    """The day that `x-sunset` says; None where it is no date."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def changes_of_life(name: str, old: Part, new: Part, today: date, notice: timedelta) -> list[_Found]:
    """What was said about the end of a thing, and is said now."""
    before, after = old.get("deprecated") is True, new.get("deprecated") is True
    told, said = old.get("x-sunset"), new.get("x-sunset")
    if before and not after:
        return [_Found(Reinstated, f"{name} is deprecated no more")]
    if not after or (before and told == said):
        return []
    if said is None:
        rule: type[ChangeRule] = SunsetWithdrawn if told is not None else SunsetMissing
        return [_Found(rule, f"{name} is deprecated, and nobody says until when it works")]
    day, old_day = day_of(said), day_of(told)
    if day is None:
        return [_Found(SunsetUnreadable, f"{name} is to end on {said}, which is no date")]
    if day < today + notice and (old_day is None or day < old_day):
        return [_Found(SunsetSoon, f"{name} ends on {day}, which is less than {notice.days} days away")]
    rule = SunsetMoved if before and old_day is not None and day > old_day else Deprecated
    return [_Found(rule, f"{name} is deprecated, and works until {day}")]


@operation_comparer
def compare_lives(pair: OperationPair) -> None:
    today, notice = pair.comparison.today, pair.comparison.notice
    for rule, what in changes_of_life(pair.old.label, pair.old.part, pair.new.part, today, notice):
        pair.changed(rule, what, pair.old.part, pair.new.part)
    after = pair.new.parameters()
    for key, part in pair.old.parameters().items():
        if key in after:
            name = f"the parameter {part.get('name')} of {pair.old.label}"
            for rule, what in changes_of_life(name, part, after[key], today, notice):
                pair.changed(rule, what, part, after[key], f"parameter {part.get('name')}")


@comparer()
def compare_lives_of_schemas(pair: SchemaPair) -> None:
    old, new = pair.old.part, pair.new.part
    for rule, what in changes_of_life(pair.name, old, new, pair.today, pair.notice):
        pair.changed(rule, what, old, new)
