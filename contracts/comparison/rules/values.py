"""Which values there are: `enum`, `const`, and open lists of values (`x-extensible-enum`)."""

from __future__ import annotations

from typing import Any

from ...value_words import shown
from ..change_rule import ChangeRule, change_rule
from ..effective import Effective
from ..judgement import Level, Relation
from ..schema_comparison import SchemaPair, comparer, differs


@change_rule
class ValueRemoved(ChangeRule):
    """A list of values has lost one. Whoever still writes it is refused."""

    id = "value-removed"
    title = "A value was taken out of a list"
    relation = Relation.NARROWER


@change_rule
class ValueAdded(ChangeRule):
    """A list of values has a new one. Whoever reads it meets a value that its code has no branch for.

    Where the list is open from the beginning (`x-extensible-enum`), readers were told to reckon with new ones.
    """

    id = "value-added"
    title = "A list of values has a new one"
    relation = Relation.WIDER


@change_rule
class ValuesListed(ChangeRule):
    """A value must be one of a list, and could be any before. Whoever writes another is refused."""

    id = "values-listed"
    title = "A value must be one of a list"
    relation = Relation.NARROWER


@change_rule
class ValuesUnlisted(ChangeRule):
    """A value may be any, and had to be one of a list before. Whoever reads it meets values it does not know."""

    id = "values-unlisted"
    title = "A value need not be one of a list any more"
    relation = Relation.WIDER


@change_rule
class ConstantChanged(ChangeRule):
    """The only value that something may have is another one."""

    id = "constant-changed"
    title = "A constant has another value"
    relation = Relation.APART


@comparer()
def compare_values(pair: SchemaPair) -> None:
    _compare_open_lists(pair)
    old, new = _values(pair.old), _values(pair.new)
    old_place = pair.old.first("enum") or pair.old.first("const")
    new_place = pair.new.first("enum") or pair.new.first("const")
    if old is None and new is None:
        return
    if old is None or new is None:
        rule, verb = (ValuesListed, "must be") if old is None else (ValuesUnlisted, "need no more be")
        listed = ", ".join(shown(value) for value in (new if new is not None else old) or ())
        pair.changed(rule, f"{pair.name} {verb} one of {listed}", old_place, new_place)
    elif len(old) == len(new) == 1 and differs(old[0], new[0]):
        pair.changed(ConstantChanged, f"{pair.name} is {shown(new[0])}, and was {shown(old[0])}", old_place, new_place)
    else:
        for value in _without(old, new):
            pair.changed(
                ValueRemoved, f"{pair.name} has no value {shown(value)} any more", old_place, new_place, value=value
            )
        for value in _without(new, old):
            pair.changed(ValueAdded, f"{pair.name} has a new value {shown(value)}", old_place, new_place)


def _compare_open_lists(pair: SchemaPair) -> None:
    """Readers of an open list reckon with new values; writers rely on those that there are."""
    old, new = pair.old.first("x-extensible-enum"), pair.new.first("x-extensible-enum")
    if old is None or new is None or not isinstance(old.value, list) or not isinstance(new.value, list):
        return
    for value in _without(old.value, new.value):
        pair.changed(ValueRemoved, f"{pair.name} has no value {shown(value)} any more", old, new, value=value)
    for value in _without(new.value, old.value):
        what = f"{pair.name}, whose values are open, has a new value {shown(value)}"
        pair.changed(ValueAdded, what, old, new, level=Level.COMPATIBLE)


def _values(schema: Effective) -> list[Any] | None:
    """What all the lists and constants leave; None where there are none."""
    found: list[Any] | None = None
    for part in (*schema.all("enum"), *schema.all("const")):
        listed = part.value if part.pointer.endswith("/enum") else [part.value]
        found = listed if found is None else [value for value in found if _in(value, listed)]
    return found


def _without(values: list[Any], others: list[Any]) -> list[Any]:
    return [value for value in values if not _in(value, others)]


def _in(value: Any, listed: list[Any]) -> bool:
    return not all(differs(value, each) for each in listed)
