"""Documents of OpenAPI 3.0, read as those of 3.1, so that whoever looks at one knows a single language.

Only schemas differ: 3.1 writes them in JSON Schema 2020-12. `nullable` becomes the type null, also where the type
stands behind a reference, as most documents mean it; a boolean `exclusiveMaximum` becomes the bound itself; what stands
beside a `$ref` has no meaning in 3.0 and goes.

Sources: OpenAPI 3.0.4, 4.7.23 (Reference Object) and 4.7.24 (Schema Object); "Migrating from OpenAPI 3.0 to 3.1.0",
https://www.openapis.org/blog/2021/02/16/migrating-from-openapi-3-0-to-3-1-0.
"""

from __future__ import annotations

from typing import Any

# Below these, values stand and no schemas; below the others, names and no keywords.
_DATA = frozenset({"example", "examples", "default", "enum", "value"})
_NAMES = frozenset({"properties", "schemas", "responses", "parameters", "headers", "paths"})
_BOUNDS = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
# A path item may stand beside its reference.
_OF_A_PATH = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "parameters"})


def is_old(content: Any) -> bool:
    """Whether a document says that it is one of OpenAPI 3.0."""
    return isinstance(content, dict) and str(content.get("openapi", "")).startswith("3.0.")


def renewed(content: Any) -> Any:
    """A document of 3.0, or a part of one that stands in a file of its own, as 3.1 has it. The original stays."""
    if is_old(content):
        return {**_renewed(content), "openapi": "3.1.0"}
    return _renewed(content)


def _renewed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renewed(each) for each in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str) and not _OF_A_PATH & value.keys():
        return {"$ref": value["$ref"]}
    result = {
        name: each if name in _DATA else _named(each) if name in _NAMES and isinstance(each, dict) else _renewed(each)
        for name, each in value.items()
    }
    for bound, exclusive in _BOUNDS.items():
        if isinstance(result.get(exclusive), bool) and result.pop(exclusive) and bound in result:
            result[exclusive] = result.pop(bound)
    nullable = result.get("nullable")
    if isinstance(nullable, bool):
        del result["nullable"]
    return _with_null(result) if nullable is True else result


def _named(named: dict[str, Any]) -> dict[str, Any]:
    return {name: _renewed(each) for name, each in named.items()}


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]} if schema else schema
