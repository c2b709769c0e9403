"""What type a value has."""

from __future__ import annotations

from ..change_rule import ChangeRule, change_rule
from ..effective import ALL_TYPES
from ..judgement import Relation
from ..schema_comparison import TYPE, SchemaPair, comparer


@change_rule
class TypeChanged(ChangeRule):
    """A value has another type, and none that it had: text where a number was. Whoever writes the old one is refused,
    whoever reads expects the old one.
    """

    id = "type-changed"
    title = "A value has another type"
    relation = Relation.APART


@change_rule
class TypeNarrowed(ChangeRule):
    """A value has fewer types than it had: a whole number where any number was. Whoever still writes the others is
    refused.
    """

    id = "type-narrowed"
    title = "A value has fewer types"
    relation = Relation.NARROWER


@change_rule
class TypeWidened(ChangeRule):
    """A value has more types than it had: text or a number where text was. Whoever reads may meet one it does not
    know.
    """

    id = "type-widened"
    title = "A value has more types"
    relation = Relation.WIDER


@change_rule
class NullAllowed(ChangeRule):
    """A value may be null that could not be. Whoever reads it meets null where it always found something."""

    id = "null-allowed"
    title = "A value may be null"
    relation = Relation.WIDER


@change_rule
class NullRefused(ChangeRule):
    """A value may be null no more. Whoever still writes null is refused."""

    id = "null-refused"
    title = "A value may be null no more"
    relation = Relation.NARROWER


@comparer(TYPE)
def compare_types(pair: SchemaPair) -> None:
    old, new = pair.old.types, pair.new.types
    if ("null" in old) is not ("null" in new) and (old - {"null"}) and ALL_TYPES not in (old, new):
        if "null" in new:
            pair.changed(NullAllowed, f"{pair.name} may be null", *pair.at("type"))
        else:
            pair.changed(NullRefused, f"{pair.name} may be null no more", *pair.at("type"))
        old, new = old - {"null"}, new - {"null"}
    takes_all, gives_all = _covers(new, old), _covers(old, new)
    if takes_all and gives_all:
        return
    rule: type[ChangeRule] = TypeWidened if takes_all else TypeNarrowed if gives_all else TypeChanged
    what = f"{pair.name} is {_words(new)}, and was {_words(old)}"
    pair.changed(rule, what, *pair.at("type"))
    # What else is said about values of a type that went says nothing of those that came.
    pair.done = rule is TypeChanged and not _share(old, new)


def _covers(larger: frozenset[str], smaller: frozenset[str]) -> bool:
    return all(name in larger or (name == "integer" and "number" in larger) for name in smaller)


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or any(
        "integer" in first and "number" in second for first, second in ((one, other), (other, one))
    )


def _words(types: frozenset[str]) -> str:
    return "anything" if types in (ALL_TYPES, ALL_TYPES - {"null"}) else " or ".join(sorted(types)) or "nothing"
