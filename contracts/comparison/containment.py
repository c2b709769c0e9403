"""Whether one schema accepts all that another accepts: yes, no, or nobody knows.

jsonschema-rs decides on the canonical forms of both; where it cannot (patterns that only partly agree, most of
`unevaluatedProperties`), it says so, and so do we.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..bundling import Bundle
from ..documents import DocumentError
from ..part import Part
from .judgement import Direction, Relation

_AS_IT_IS = frozenset({"const", "enum", "example", "examples", "default", "not", "if"})


class Containment:
    """For the documents of one comparison, whose schemas it gathers as they are asked for."""

    def __init__(self) -> None:
        self._old, self._new = Bundle(""), Bundle("")

    def relation(self, old: Iterable[Part], new: Iterable[Part], direction: Direction) -> Relation:
        """Of schemas that hold at once; each part is a schema, or a piece of one that is written as a schema."""
        before, after = _schema(old, self._old), _schema(new, self._new)
        if before is None or after is None:
            return Relation.UNKNOWN
        if direction is Direction.GIVEN:
            before = opened(before)  # decision 2: readers ignore the fields that they do not know
        return relation(before, after, direction)

    def are_disjoint(self, alternatives: list[Part], *, new: bool) -> bool:
        """Whether no value fits two of them; False also where nobody can tell."""
        import jsonschema_rs

        schemas = [_schema([part], self._new if new else self._old) for part in alternatives]
        if None in schemas:
            return False
        try:
            forms = [jsonschema_rs.canonicalize(schema) for schema in schemas if schema is not None]
            return all(
                str(one.intersect(other).satisfiability()) == "no"
                for index, one in enumerate(forms)
                for other in forms[:index]
            )
        except ValueError:
            return False


def _schema(parts: Iterable[Part], bundle: Bundle) -> dict[str, Any] | None:
    found: list[dict[str, Any]] = []
    components: dict[str, Any] = {}
    for part in parts:
        value = part.value if isinstance(part.value, dict) else {"allOf": [part.value]}
        try:
            schema = dict(bundle.self_contained(value, part.document))
        except (DocumentError, RecursionError):
            return None
        components.update(schema.pop("components", {}).get("schemas", {}))
        found.append(schema)
    whole = found[0] if len(found) == 1 else {"allOf": found}
    return {**whole, "components": {"schemas": components}} if components else whole


def opened(schema: Any) -> Any:
    """The schema with objects that take any other field, as a lenient reader has it.

    What a value must not be, and what a condition asks for, stays as it is. Alternatives that were told apart by the
    fields that they refuse may now both fit, which a reader does not mind.
    """
    if isinstance(schema, list):
        return [opened(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    return {
        "anyOf" if key == "oneOf" and "anyOf" not in schema else key: value if key in _AS_IT_IS else opened(value)
        for key, value in schema.items()
        if not (key in ("additionalProperties", "unevaluatedProperties") and value is False)
    }


def relation(old: Any, new: Any, direction: Direction) -> Relation:
    """How the new values lie to the old ones, as far as a direction asks for it."""
    import jsonschema_rs

    if old == new:
        return Relation.SAME
    try:
        before, after = jsonschema_rs.canonicalize(old), jsonschema_rs.canonicalize(new)
        takes_all, gives_all = str(after.covers(before)), str(before.covers(after))
    except ValueError:  # a schema that it cannot bring into its form
        return Relation.UNKNOWN
    asked, other = (takes_all, gives_all) if direction is Direction.TAKEN else (gives_all, takes_all)
    if asked == "unknown":
        return Relation.UNKNOWN
    if asked == "yes":
        good = Relation.WIDER if direction is Direction.TAKEN else Relation.NARROWER
        return Relation.SAME if other == "yes" else good
    if other == "yes":
        return Relation.NARROWER if direction is Direction.TAKEN else Relation.WIDER
    return Relation.APART
