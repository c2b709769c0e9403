"""Schemas with mistakes in them: documents get keywords wrong, and a mock serves what it can all the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Below these, names and not keywords; below the others that are listed, schemas.
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas"})
_LISTED = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_SINGLE = frozenset({"items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"})
# What a keyword's value must be.
_NUMBER, _SCHEMA = (int, float), (dict, bool)
_MUST_BE: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), _NUMBER),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), int),
    **dict.fromkeys(("required", "enum", "examples", *_LISTED), list),
    **dict.fromkeys(_NAMED, dict),
    **dict.fromkeys(_SINGLE, _SCHEMA),
    **dict.fromkeys(("pattern", "format", "$ref"), str),
    "type": (str, list),
}


def sound(schema: Any) -> Any:
    """The schema without keywords whose values can't be meant."""
    if not isinstance(schema, dict):
        return schema
    kept: dict[str, Any] = {
        name: value for name, value in schema.items() if isinstance(value, _MUST_BE.get(name, object))
    }
    if kept.get("multipleOf", 1) <= 0:
        del kept["multipleOf"]
    return {name: _part(name, value) for name, value in kept.items()}


def _part(key: str, value: Any) -> Any:
    """A keyword's value, with the schemas in it made sound."""
    if key in _NAMED:
        return {name: sound(each) for name, each in value.items()}
    if key in _LISTED:
        return [sound(each) for each in value]
    return sound(value) if key in _SINGLE else value
