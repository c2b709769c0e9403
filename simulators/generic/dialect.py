"""Schemas of OpenAPI 3.0 as JSON Schema 2020-12, in which those of OpenAPI 3.1 are written already.

Source: OpenAPI 3.0.4, 4.7.24 (Schema Object); what changed stands in "Migrating from OpenAPI 3.0 to 3.1.0",
https://www.openapis.org/blog/2021/02/16/migrating-from-openapi-3-0-to-3-1-0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

# Below these, names and not keywords; below the others that are listed, schemas.
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas"})
_LISTED = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_SINGLE = frozenset({"items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"})
# What a keyword's value must be; documents get some of them wrong.
_NUMBER, _SCHEMA = (int, float), (dict, bool)
_MUST_BE: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), _NUMBER),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), (int, float, bool)),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), int),
    **dict.fromkeys(("required", "enum", "examples", *_LISTED), list),
    **dict.fromkeys(_NAMED, dict),
    **dict.fromkeys(_SINGLE, _SCHEMA),
    **dict.fromkeys(("pattern", "format", "$ref"), str),
    "type": (str, list),
}
_BOUNDS = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}


def sound(schema: Any) -> Any:
    """The schema without keywords whose values can't be meant: a mock serves what it can."""
    if not isinstance(schema, dict):
        return schema
    kept: dict[str, Any] = {
        name: value for name, value in schema.items() if isinstance(value, _MUST_BE.get(name, object))
    }
    if kept.get("multipleOf", 1) <= 0:
        del kept["multipleOf"]
    return {name: _part(name, value, sound) for name, value in kept.items()}


def modern(schema: Any) -> Any:
    """A schema of OpenAPI 3.0, which refers to components by `$ref`, as one of JSON Schema 2020-12."""
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}  # whatever stands beside it is ignored in 3.0
    result = {key: _part(key, value, modern) for key, value in schema.items() if key not in ("nullable", "example")}
    for bound, exclusive in _BOUNDS.items():
        if isinstance(result.get(exclusive), bool) and result.pop(exclusive) and bound in result:
            result[exclusive] = result.pop(bound)
    if "example" in schema:
        result.setdefault("examples", [schema["example"]])
    return _nullable(result) if schema.get("nullable") is True else result


def _part(key: str, value: Any, change: Callable[[Any], Any]) -> Any:
    """A keyword's value, with the schemas in it changed."""
    if key in _NAMED and isinstance(value, dict):
        return {name: change(each) for name, each in value.items()}
    if key in _LISTED and isinstance(value, list):
        return [change(each) for each in value]
    return change(value) if key in _SINGLE else value


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}
