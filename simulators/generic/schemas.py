"""The schemas of one document: resolved, merged, and as validators for what is sent and for what is answered.

A property that is readOnly is never needed in a request, and one that is writeOnly never stands in an answer
(OpenAPI 3.1.1, 4.8.24; JSON Schema 2020-12 Validation, 9.4).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Literal

import jsonschema_rs

from ...contracts.bundling import PREFIX
from ...contracts.documents import pointer
from ...contracts.explanation import explain
from ...contracts.validation import SchemaError

Way = Literal["readOnly", "writeOnly"]
"""What does not go that way: readOnly properties are not sent, writeOnly ones not answered."""

Schema = Mapping[str, Any]
ANYTHING: Schema = {}
_DEEPEST = 30
_MOST_ERRORS = 50
# What is written in these is somebody's data, and no schema.
_DATA = frozenset({"enum", "const", "examples", "default"})


class Schemas:
    """`components` is name → schema, JSON Schema 2020-12, in which every reference is to one of them."""

    def __init__(self, components: Mapping[str, Any]) -> None:
        self._components = components
        self._plain: dict[str, Schema] = {}
        self._going: dict[tuple[str, Way], Any] = {}
        self._referred: dict[str, tuple[str, ...]] = {}
        self._of_object: dict[int, tuple[dict[str, Any], Any]] = {}
        self._marked: dict[tuple[int, Way], tuple[frozenset[str], Any]] = {}

    def plain(self, schema: Any, depth: int = 0) -> Schema:
        """The schema with references followed and `allOf` merged into it, at its top."""
        if not isinstance(schema, Mapping):
            return ANYTHING if schema is not False else {"not": {}}
        if depth > _DEEPEST:
            return ANYTHING
        if schema.keys() == {"$ref"}:
            return self._component(schema["$ref"], depth)
        merged: dict[str, Any] = {name: value for name, value in schema.items() if name not in ("$ref", "allOf")}
        if isinstance(reference := schema.get("$ref"), str):
            merged = _merged(self._component(reference, depth), merged)
        for part in schema.get("allOf", ()):
            merged = _merged(self.plain(part, depth + 1), merged)
        return merged

    def validator(self, schema: Any, without: Way) -> Checker:
        """For what goes one way."""
        return Checker(lambda: self._self_contained(schema, without))

    def _component(self, reference: str, depth: int) -> Schema:
        found = self._plain.get(reference)
        if found is None:
            found = self.plain(self._components.get(reference.removeprefix(PREFIX)), depth + 1)
            if depth == 0:  # deeper down it may be cut
                self._plain[reference] = found
        return found

    def _self_contained(self, schema: Any, without: Way) -> dict[str, Any]:
        """With the components that it needs, and no others: reading thousands takes its time."""
        needed: dict[str, Any] = {}
        to_look_at = list(_references(schema))
        while to_look_at:
            name = to_look_at.pop()
            if name in needed or name not in self._components:
                continue
            if (name, without) not in self._going:
                self._going[(name, without)] = _one_way(self._components[name], without)
                self._referred[name] = tuple(_references(self._components[name]))
            needed[name] = self._going[(name, without)]
            to_look_at += self._referred[name]
        own = _one_way(schema, without)
        return {**(own if isinstance(own, dict) else {"allOf": [own]}), "components": {"schemas": needed}}

    def marked(self, schema: Any, way: Way) -> frozenset[str]:
        """The properties of a schema of the document that are readOnly, or writeOnly."""
        known = self._marked.get((id(schema), way))
        if known is None:  # with the schema, so that nothing else gets its id
            names = (name for name, each in self.properties(schema).items() if self.plain(each).get(way) is True)
            known = self._marked[(id(schema), way)] = (frozenset(names), schema)
        return known[0]

    def properties(self, schema: Any) -> Mapping[str, Any]:
        """Those of an object, of whichever part they come from."""
        known = self._of_object.get(id(schema))
        if known is None:  # with the schema, as above
            known = self._of_object[id(schema)] = (self._properties(schema), schema)
        return known[0]

    def kind(self, schema: Any) -> str:
        """The type of its values, null aside; of several the first, "" for any."""
        plain = self.plain(schema)
        kinds = plain.get("type", "")
        if isinstance(kinds, list):
            kinds = next((each for each in kinds if each != "null"), "null")
        for part in (*plain.get("oneOf", ()), *plain.get("anyOf", ())) if not kinds else ():
            if kinds := self.kind(part):
                break
        return str(kinds)

    def _properties(self, schema: Any) -> dict[str, Any]:
        plain = self.plain(schema)
        found = dict(plain.get("properties", {}))
        for part in (*plain.get("oneOf", ()), *plain.get("anyOf", ())):
            found = {**self.plain(part).get("properties", {}), **found}
        return found


class Checker:
    """One schema, compiled when first used. Formats count. A mock serves what it can: a pattern that is no regular
    expression is not looked at, and a schema that can't be read even so lets everything through.
    """

    def __init__(self, source: Callable[[], dict[str, Any]]) -> None:
        self._source = source
        self._compiled: jsonschema_rs.Draft202012Validator | None = None

    def is_valid(self, value: Any) -> bool:
        return (self._compiled or self._compile()).is_valid(value)

    def errors(self, value: Any) -> list[SchemaError]:
        """Everything that is wrong; empty exactly when `is_valid`."""
        if self.is_valid(value):
            return []
        try:
            found = explain(self._source(), value)
        except (re.error, RecursionError):  # jsonschema reads patterns as Python does, and has Python's stack
            found = []
        return found or [
            SchemaError(pointer(*error.instance_path), "", error.message)
            for error in islice((self._compiled or self._compile()).iter_errors(value), _MOST_ERRORS)
        ]

    def _compile(self) -> jsonschema_rs.Draft202012Validator:
        schema = self._source()
        for each in (schema, _without_patterns(schema)):
            try:
                self._compiled = jsonschema_rs.Draft202012Validator(each, validate_formats=True)
            except ValueError:
                continue
            return self._compiled
        self._compiled = jsonschema_rs.Draft202012Validator({})
        return self._compiled


def _without_patterns(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_without_patterns(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: value if name in _DATA else _without_patterns(value)
        for name, value in schema.items()
        if not (name == "pattern" and isinstance(value, str))
    }


def _references(schema: Any) -> Iterator[str]:
    """Names of the components that a schema refers to, and of what only looks like a reference."""
    if isinstance(schema, Mapping):
        for name, value in schema.items():
            if name == "$ref" and isinstance(value, str):
                yield value.removeprefix(PREFIX)
            else:
                yield from _references(value)
    elif isinstance(schema, list):
        for each in schema:
            yield from _references(each)


def _merged(one: Schema, other: Schema) -> dict[str, Any]:
    """Both at once; of what can't be both, the latter."""
    result = {**one, **other}
    if "properties" in one and "properties" in other:
        both = {
            name: {"allOf": [one["properties"][name], other["properties"][name]]}
            for name in one["properties"].keys() & other["properties"].keys()
        }
        result["properties"] = {**one["properties"], **other["properties"], **both}
    if "required" in one and "required" in other:
        result["required"] = [*one["required"], *(name for name in other["required"] if name not in one["required"])]
    if "enum" in one and "enum" in other:
        result["enum"] = [value for value in one["enum"] if value in other["enum"]]
    for bound, choose in (
        ("minimum", max),
        ("minLength", max),
        ("minItems", max),
        ("maximum", min),
        ("maxLength", min),
        ("maxItems", min),
    ):
        if bound in one and bound in other:
            result[bound] = choose(one[bound], other[bound])
    for kind in ("oneOf", "anyOf"):
        if kind in one and kind in other and one[kind] is not other[kind]:
            result[kind] = [{"allOf": [first, second]} for first in one[kind] for second in other[kind]]
    return result


def _one_way(schema: Any, without: Way) -> Any:
    """The schema without what does not go this way: such properties are neither needed nor looked at."""
    if isinstance(schema, list):
        return [_one_way(each, without) for each in schema]
    if not isinstance(schema, dict):
        return schema
    result = {name: value if name in _DATA else _one_way(value, without) for name, value in schema.items()}
    properties = schema.get("properties")
    if isinstance(properties, dict):
        gone = {name for name, each in properties.items() if isinstance(each, dict) and each.get(without) is True}
        if gone and isinstance(schema.get("required"), list):
            result["required"] = [name for name in schema["required"] if name not in gone]
        if gone:
            result["properties"] = {name: {} if name in gone else each for name, each in result["properties"].items()}
    return result
