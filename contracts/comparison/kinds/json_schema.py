"""JSON Schema files that no API and no event refers to: nobody says which way their values go, so both are judged."""

from __future__ import annotations

from ...part import Part
from ..change_log import Use
from ..comparison import Comparison
from ..document_comparer import document_comparers
from ..judgement import Direction
from ..rules.definitions import DefinitionAdded, DefinitionRemoved


@document_comparers.register("json-schema")
def compare_json_schema(old: Part, new: Part, comparison: Comparison) -> None:
    name = new.document.rpartition("/")[2]
    if old.value.keys() - {"$defs"} and not _is_reached(old, new, comparison):
        _both_ways(name, old, new, comparison)
    for field in ("$defs", "definitions"):
        compare_definitions(old.member(field), new.member(field), comparison)


@document_comparers.register("openapi-components")
def compare_components(old: Part, new: Part, comparison: Comparison) -> None:
    """What is compared where it is used is not compared again; a name that is gone is told."""
    for field in dict.fromkeys((*old.value, *new.value)):
        compare_definitions(old.member(field), new.member(field), comparison, schemas=field == "schemas")


def compare_definitions(old: Part, new: Part, comparison: Comparison, *, schemas: bool = True) -> None:
    """By name."""
    before, after = dict(old.members()), dict(new.members())
    use = Use(f"whoever refers to {old.document.rpartition('/')[2]}", "", Direction.GIVEN)
    for name, part in before.items():
        if name not in after:
            comparison.changed(DefinitionRemoved, f"{name} is gone", part, new, use)
        elif schemas and not _is_reached(part, after[name], comparison):
            _both_ways(name, part, after[name], comparison)
    for name, part in after.items():
        if name not in before:
            comparison.changed(DefinitionAdded, f"{name} is new", old, part, use)


def _both_ways(name: str, old: Part, new: Part, comparison: Comparison) -> None:
    for direction in comparison.ways:
        role = "sent" if direction is Direction.TAKEN else "read"
        comparison.schemas.use(Use(name, role, direction), old, new)


def _is_reached(old: Part, new: Part, comparison: Comparison) -> bool:
    """Whether an API or an event uses it, so that it is known which way its values go."""
    return old.key in comparison.schemas.reached or new.key in comparison.schemas.reached
