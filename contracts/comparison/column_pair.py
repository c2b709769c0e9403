"""The old and the new version of a column of a CSV file, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from .change_rule import ChangeRule
from .judgement import Relation
from .rules.columns import (
    CodeMeaningChanged,
    ColumnBecameOptional,
    ColumnBecameRequired,
    ColumnFormChanged,
    ColumnRelabelled,
)
from .rules.limits import LimitAdded, LimitDropped, LimitLoosened, LimitTightened
from .rules.texts import PatternAdded, PatternChanged, PatternDropped
from .rules.types import TypeChanged, TypeNarrowed, TypeWidened
from .rules.values import ValueAdded, ValueRemoved

if TYPE_CHECKING:
    from ..layouts.definition import Column, Layout

_WORDS = frozenset({"text", "identifier", "digits", "gtin", "sscc"})
_LEAST = {"min_length": "the least length", "minimum": "the least value"}
_GREATEST = {
    "max_length": "the greatest length",
    "maximum": "the greatest value",
    "scale": "the number of decimals",
    "max_items": "the number of items",
}
_FORM = ("format", "yes", "no", "separator", "width", "all_decimals")
_BY_CASE = ("lengths", "lengths_by", "unit", "formulas")
_WIDENING = {"sign": ("positive", "unsigned", "signed"), "line_breaks": (False, True)}


class ColumnFinding(NamedTuple):
    rule: type[ChangeRule]
    what: str
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class ColumnPair:
    """With the layouts that the columns stand in: dates are written as the layout says where a column does not."""

    old: Column
    new: Column
    old_layout: Layout
    new_layout: Layout

    @property
    def name(self) -> str:
        return self.new.name

    def changed(self, option: str) -> tuple[Any, Any] | None:
        """The old and the new value of an option; None where they are the same."""
        before, after = getattr(self.old, option), getattr(self.new, option)
        return None if before == after else (before, after)


def compare_columns(pair: ColumnPair) -> Iterator[ColumnFinding]:
    if pair.old.heading != pair.new.heading and pair.old_layout.column_names.row == "present":
        yield ColumnFinding(ColumnRelabelled, f"{pair.name} is called {pair.new.heading}, and was {pair.old.heading}")
    yield from _required(pair)
    if pair.old.type != pair.new.type:
        yield _type(pair)  # limits and form of another type mean something else
        return
    yield from _limits(pair)
    yield from _pattern(pair)
    yield from _codes(pair)
    yield from _form(pair)


def _required(pair: ColumnPair) -> Iterator[ColumnFinding]:
    before, after = ((column.required, column.required_when) for column in (pair.old, pair.new))
    if before == after:
        return
    stricter, laxer = (
        ColumnFinding(ColumnBecameRequired, f"{pair.name} may not be empty any more where it could be"),
        ColumnFinding(ColumnBecameOptional, f"{pair.name} may be empty where it could not be"),
    )
    if pair.new.required or (before == (False, None)):
        yield stricter
    elif pair.old.required or after == (False, None):
        yield laxer
    else:
        yield from (stricter, laxer)  # in other rows than before


def _type(pair: ColumnPair) -> ColumnFinding:
    what = f"{pair.name} is of type {pair.new.type}, and was of type {pair.old.type}"
    if pair.new.type == "text" and pair.old.type in _WORDS:
        return ColumnFinding(TypeWidened, what)
    if pair.old.type == "text" and pair.new.type in _WORDS:
        return ColumnFinding(TypeNarrowed, what)
    return ColumnFinding(TypeChanged, what)


def _limits(pair: ColumnPair) -> Iterator[ColumnFinding]:
    for words, tighter in ((_LEAST, 1), (_GREATEST, -1)):
        for option, said in words.items():
            if not (values := pair.changed(option)):
                continue
            before, after = values
            if before is None:
                yield ColumnFinding(LimitAdded, f"{said} of {pair.name} is {after}, where there was none")
            elif after is None:
                yield ColumnFinding(LimitDropped, f"{pair.name} has no limit any more: {said} was {before}")
            else:
                grew = (Decimal(after) > Decimal(before)) - (Decimal(after) < Decimal(before))
                rule: type[ChangeRule] = LimitTightened if grew == tighter else LimitLoosened
                yield ColumnFinding(rule, f"{said} of {pair.name} is {after}, and was {before}")


def _pattern(pair: ColumnPair) -> Iterator[ColumnFinding]:
    if values := pair.changed("pattern"):
        before, after = values
        rule: type[ChangeRule] = PatternChanged if before and after else PatternAdded if after else PatternDropped
        relation = Relation.UNKNOWN if before and after else None
        what = f"the pattern of {pair.name} is {after or 'gone'}, and was {before or 'none'}"
        yield ColumnFinding(rule, what, relation)


def _codes(pair: ColumnPair) -> Iterator[ColumnFinding]:
    old, new = pair.old.codes, pair.new.codes
    for code in old:
        if code not in new:
            yield ColumnFinding(ValueRemoved, f"{pair.name} has no code {code} any more")
        elif old[code] != new[code]:
            yield ColumnFinding(CodeMeaningChanged, f"{code} in {pair.name} means {new[code]}, and meant {old[code]}")
    for code in new:
        if code not in old:
            yield ColumnFinding(ValueAdded, f"{pair.name} has a new code {code}")


def _form(pair: ColumnPair) -> Iterator[ColumnFinding]:
    for option in (*_FORM, *_BY_CASE, *_WIDENING):
        if not (values := pair.changed(option)):
            continue
        before, after = values
        relation = Relation.APART if option in _FORM else Relation.UNKNOWN
        if option in _WIDENING:
            order: tuple[Any, ...] = _WIDENING[option]
            relation = Relation.WIDER if order.index(after) > order.index(before) else Relation.NARROWER
        what = f"{option} of {pair.name} is {_said(after)}, and was {_said(before)}"
        yield ColumnFinding(ColumnFormChanged, what, relation)
    kind = pair.new.type
    if kind in ("date", "timestamp") and not pair.old.format and not pair.new.format:
        dates = [(getattr(layout.dates, kind), layout.dates.zone) for layout in (pair.old_layout, pair.new_layout)]
        if dates[0] != dates[1]:
            words = [" in ".join(each) for each in dates]
            what = f"{pair.name} is written {words[1]}, and was {words[0]}"
            yield ColumnFinding(ColumnFormChanged, what, Relation.APART)


def _said(value: Any) -> str:
    return "absent" if value in ("", None, ()) else f"{value!r}" if isinstance(value, str) else f"{value}"
