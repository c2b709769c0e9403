"""What holds under a condition: if and then, not, dependent fields, names and patterns of names, what nobody
evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..change_rule import ChangeRule, change_rule
from ..judgement import Level, Relation
from ..schema_comparison import SchemaPair, comparer, differs, refers


@change_rule
class ConditionChanged(ChangeRule):
    """What holds under a condition (`if`, `then`, `else`) is something else. Whether that takes or lets through more is
    decided where it can be; else it needs a person.
    """

    id = "condition-changed"
    title = "What holds under a condition is something else"


@change_rule
class ExclusionChanged(ChangeRule):
    """What a value must not be (`not`) is something else."""

    id = "exclusion-changed"
    title = "What a value must not be is something else"


@change_rule
class DependentRequiredChanged(ChangeRule):
    """Which fields must be there when another is (`dependentRequired`) is something else."""

    id = "dependent-required-changed"
    title = "A field demands others beside it"


@change_rule
class DependentSchemaChanged(ChangeRule):
    """What must hold when a field is there (`dependentSchemas`) is something else."""

    id = "dependent-schema-changed"
    title = "A field demands something of its object"


@change_rule
class NamesChanged(ChangeRule):
    """How the fields of an object may be named (`propertyNames`) is something else."""

    id = "names-changed"
    title = "The fields of an object may be named otherwise"


@change_rule
class NamePatternChanged(ChangeRule):
    """What fields whose names match a pattern must be (`patternProperties`) is something else."""

    id = "name-pattern-changed"
    title = "Fields by a pattern of their names are something else"


@change_rule
class UnevaluatedChanged(ChangeRule):
    """What nothing else spoke of (`unevaluatedItems`, `unevaluatedProperties`) may be something else."""

    id = "unevaluated-changed"
    title = "What nothing else spoke of may be something else"


_OBJECT = ("properties", "patternProperties", "additionalProperties")
# Rule, what is compared, and what must be looked at together to decide.
_GROUPS: tuple[tuple[type[ChangeRule], tuple[str, ...], tuple[str, ...], str], ...] = (
    (ConditionChanged, ("if", "then", "else"), ("if", "then", "else"), "what holds of {} under a condition"),
    (ExclusionChanged, ("not",), ("not",), "what {} must not be"),
    (DependentSchemaChanged, ("dependentSchemas",), ("dependentSchemas",), "what a field demands of {}"),
    (NamesChanged, ("propertyNames",), ("propertyNames",), "how the fields of {} may be named"),
    (NamePatternChanged, ("patternProperties",), _OBJECT, "what fields of {} by a pattern of their names are"),
    (UnevaluatedChanged, ("unevaluatedItems",), ("unevaluatedItems", "prefixItems", "items"), "the other items of {}"),
)


@comparer()
def compare_conditions(pair: SchemaPair) -> None:
    for rule, keywords, together, what in _GROUPS:
        old, new = ([part.value for k in keywords for part in schema.all(k)] for schema in (pair.old, pair.new))
        # Where nothing differs, what is referred to in there may mean something else by now.
        if not differs(old, new) and not refers(old):
            continue
        relation = pair.relation(together)
        if relation is Relation.UNKNOWN and bool(old) is not bool(new):
            relation = Relation.NARROWER if new else Relation.WIDER
        if relation is Relation.SAME:
            continue
        if relation is Relation.UNKNOWN and not differs(old, new):
            continue  # the same words, and nobody can tell: what they refer to is told where it stands
        said = f"{what.format(pair.name)} is something else"
        pair.changed(rule, said, *pair.at(*keywords), relation=relation)


@comparer()
def compare_dependent_required(pair: SchemaPair) -> None:
    old, new = (_demands(schema.all("dependentRequired")) for schema in (pair.old, pair.new))
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name, frozenset()), new.get(name, frozenset())
        if before == after:
            continue
        relation = Relation.NARROWER if before < after else Relation.WIDER if after < before else Relation.APART
        what = f"`{name}` of {pair.name} demands {_listed(after)} beside it, and demanded {_listed(before)}"
        places = pair.old.first("dependentRequired"), pair.new.first("dependentRequired")
        pair.changed(DependentRequiredChanged, what, *places, relation=relation)


def _demands(parts: list[Any]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for part in parts:
        for name, demanded in part.value.items():
            found[name] = found.get(name, frozenset()) | frozenset(demanded)
    return found


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names)) or "nothing"


@comparer()
def compare_unevaluated_fields(pair: SchemaPair) -> None:
    """`false` is compared with the other ways to close an object; this is about schemas."""
    old, new = pair.old.value("unevaluatedProperties"), pair.new.value("unevaluatedProperties")
    if not differs(old, new) or all(value is None or isinstance(value, bool) for value in (old, new)):
        return
    relation = Relation.WIDER if new is None else Relation.NARROWER if old is None else Relation.UNKNOWN
    places = pair.old.first("unevaluatedProperties"), pair.new.first("unevaluatedProperties")
    what = f"the other fields of {pair.name} may be something else"
    level = Level.COMPATIBLE if pair.is_given and relation is Relation.WIDER else None
    pair.changed(UnevaluatedChanged, what, *places, relation=relation, level=level)
