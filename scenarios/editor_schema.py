"""The schema of scenario files for an editor: the contract's, with every fault and action and their parameters, and
with `${name}` wherever a family may put a value.

What decides is the contract's schema and the checks of scenario_check; this one completes and explains meanwhile.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Mapping
from typing import Any

import msgspec

from ..contracts import documents
from ..contracts.registry import Registry
from . import family
from .action import actions
from .expectation import expectations
from .fault import faults
from .scenario_file import SCHEMA

Schema = dict[str, Any]
HOLE = {"type": "string", "pattern": r"^\$\{[a-z][a-z0-9_]*\}$"}
_AS_IT_STANDS = ("scenario", family.TABLE)


def editor_schema() -> Schema:
    """A JSON Schema (2020-12) that refers to nothing outside of itself."""
    schema: Schema = copy.deepcopy(documents.load(SCHEMA))
    properties = schema["properties"]
    definitions = {**schema["$defs"]}
    for place, key, registry in (("faults", "fault", faults), ("actions", "do", actions)):
        properties[place]["items"], parts = _entries(properties[place]["items"], key, registry)
        definitions.update(parts)
    expect = properties["then"]["properties"]["expect"]
    expect["items"], parts = _entries(expect["items"], "expect", expectations)
    definitions.update(parts)
    schema["$defs"] = {name: _with_holes(each) for name, each in definitions.items()}
    schema["properties"] = {
        name: each if name in _AS_IT_STANDS else _with_holes(each) for name, each in properties.items()
    }
    return schema


def _entries(items: Schema, key: str, registry: Registry[Any]) -> tuple[Schema, Schema]:
    """The schema of an entry (a fault, an action), and the definitions that it refers to."""
    kinds = dict(registry.items())
    _, parts = msgspec.json.schema_components(list(kinds.values()), ref_template="#/$defs/{name}")
    known = [{"const": name, "description": inspect.getdoc(kind) or ""} for name, kind in sorted(kinds.items())]
    for kind in kinds.values():
        parts[kind.__name__]["properties"][key] = {}
    described = {**items["properties"][key], "oneOf": known}
    rules = [
        {
            "if": {"properties": {key: {"const": name}}, "required": [key]},
            "then": {"$ref": f"#/$defs/{kind.__name__}"},
        }
        for name, kind in sorted(kinds.items())
    ]
    return {**items, "properties": {**items["properties"], key: described}, "allOf": rules}, parts


def _with_holes(schema: Schema) -> Schema:
    """The schema, satisfied by a hole as well, at every depth."""
    inner = {name: _inside(name, each) for name, each in schema.items()}
    if "allOf" in schema or not ({"type", "enum", "const", "anyOf", "$ref"} & schema.keys()):
        return inner
    told: Schema = {name: inner.pop(name) for name in ("description", "title", "default") if name in inner}
    return {**told, "anyOf": [inner, HOLE]}


def _inside(name: str, value: Any) -> Any:
    if name == "properties" and isinstance(value, Mapping):
        return {key: _with_holes(each) for key, each in value.items()}
    if name in ("items", "additionalProperties") and isinstance(value, Mapping):
        return _with_holes(dict(value))
    return value
