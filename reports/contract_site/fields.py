"""The fields of a schema as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .page import Table

HEADS = ("field", "type", "", "meaning")
DEEPEST = 6
_LIMITS = ("pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "minItems", "maxItems")


def fields(title: str, schema: Mapping[str, Any]) -> tuple[Table, ...]:
    """A table of all fields, at any depth; none for a schema without any. `schema` is self-contained."""
    rows = tuple(_rows(schema, schema, "", 0))
    return (Table(title, HEADS, rows),) if rows else ()


def in_words(schema: Mapping[str, Any]) -> str:
    """What a value may be: `string, date-time`, `one of a, b`, `list`."""
    if "const" in schema:
        return f"always {schema['const']}"
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    kind = schema.get("type", "object" if "properties" in schema else "")
    words = [" or ".join(kind) if isinstance(kind, list) else str(kind).replace("array", "list")]
    words += [str(schema["format"])] if "format" in schema else []
    # A format says what its pattern says, in a word.
    limits = [name for name in _LIMITS if name in schema and not (name == "pattern" and "format" in schema)]
    words += [f"{name} {schema[name]}" for name in limits]
    return ", ".join(filter(None, words)) or "any"


def _rows(schema: Mapping[str, Any], root: Mapping[str, Any], path: str, depth: int) -> Iterator[tuple[str, ...]]:
    whole = merged(schema, root)
    required = set(whole.get("required", ()))
    for name, member in whole.get("properties", {}).items():
        found = merged(member, root)
        place = f"{path}{name}"
        yield place, in_words(found), "required" if name in required else "", str(found.get("description", ""))
        if depth < DEEPEST:
            yield from _rows(found, root, f"{place}.", depth + 1)
            if isinstance(found.get("items"), Mapping):
                yield from _rows(found["items"], root, f"{place}[].", depth + 1)


def merged(schema: Mapping[str, Any], root: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with what it refers to and consists of put together; what stands at it itself counts first."""
    found: dict[str, Any] = {}
    parts = [merged(part, root) for part in schema.get("allOf", ())]
    if reference := schema.get("$ref"):
        target: Any = root
        for token in str(reference).removeprefix("#/").split("/"):
            target = target.get(token, {})
        parts.append(merged(target, root))
    for part in (*parts, schema):
        properties = {**found.get("properties", {}), **part.get("properties", {})}
        required = [*found.get("required", ()), *part.get("required", ())]
        found |= {name: value for name, value in part.items() if name not in ("$ref", "allOf", "components")}
        if properties:
            found |= {"properties": properties, "required": required}
    return found
