"""The fields and the listed values of a schema, and which of them a value has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ...contracts.bundling import PREFIX

Seen = tuple[Literal["field", "value"], str]


@dataclass(slots=True)
class Shape:
    """`fields` by name, `items` of an array, `others` for fields of any name, `values` where only these are allowed."""

    fields: dict[str, Shape] = field(default_factory=dict)
    items: Shape | None = None
    others: Shape | None = None
    values: list[Any] = field(default_factory=list)

    def all(self, place: str = "") -> Iterator[Seen]:
        """Every field and every listed value."""
        yield from (("value", f"{place} = {value}") for value in self.values)
        for name, below in self.fields.items():
            yield "field", f"{place}/{name}"
            yield from below.all(f"{place}/{name}")
        for member in (self.items, self.others):
            if member is not None:
                yield from member.all(f"{place}/*")

    def had_by(self, value: Any, place: str = "") -> Iterator[Seen]:
        """Those that a value has; what the schema does not know is passed over."""
        if isinstance(value, dict):
            for name, member in value.items():
                if name in self.fields:
                    yield "field", f"{place}/{name}"
                    yield from self.fields[name].had_by(member, f"{place}/{name}")
                elif self.others is not None:
                    yield from self.others.had_by(member, f"{place}/*")
        elif isinstance(value, list):
            if self.items is not None:
                for item in value:
                    yield from self.items.had_by(item, f"{place}/*")
        elif value in self.values:
            yield "value", f"{place} = {value}"


def shape_of(schema: Mapping[str, Any]) -> Shape:
    """The shape of a self-contained schema (Validator.schema). What a schema says of itself again is left out there."""
    shape = Shape()
    _add(shape, schema, schema.get("components", {}).get("schemas", {}), ())
    return shape


def _add(shape: Shape, schema: Any, known: Mapping[str, Any], within: tuple[str, ...]) -> None:
    if not isinstance(schema, dict):
        return
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference not in within:
        _add(shape, known.get(reference.removeprefix(PREFIX)), known, (*within, reference))
    for keyword in ("allOf", "anyOf", "oneOf"):
        for alternative in schema.get(keyword, ()):
            _add(shape, alternative, known, within)
    for keyword in ("then", "else"):
        _add(shape, schema.get(keyword), known, within)
    shape.values += [value for value in schema.get("enum", ()) if value is not None and value not in shape.values]
    for name, below in schema.get("properties", {}).items():
        _add(shape.fields.setdefault(name, Shape()), below, known, within)
    if isinstance(schema.get("items"), dict):
        shape.items = shape.items or Shape()
        _add(shape.items, schema["items"], known, within)
    if isinstance(schema.get("additionalProperties"), dict):
        shape.others = shape.others or Shape()
        _add(shape.others, schema["additionalProperties"], known, within)
