"""What is wrong with the shape of a document: what its meta-schema refuses, in words, at the place that is to change.

Meta-schemas are made of alternatives ("a channel, or a reference to one"), and of a misspelt field a validator says
only that none fits. Here the alternative that was most likely meant is looked into, until the very thing is found.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .documents import load, pointer
from .kind import JSON_SCHEMA_2020_12
from .value_words import TYPES, near, shown

if TYPE_CHECKING:
    import jsonschema_rs


class Misshapen(NamedTuple):
    """At the JSON Pointer `place`: what is there, and what was expected."""

    place: str
    what: str
    expected: str


def misshapen(content: Any, meta: str) -> list[Misshapen]:
    """What the schema `meta` (see DocumentKind.meta) refuses, by place, each once; empty when the shape is right."""
    return sorted({_told(error, meta) for error in _compiled(meta).iter_errors(content)})


@cache
def _compiled(meta: str) -> jsonschema_rs.Validator:
    import jsonschema_rs

    if meta == JSON_SCHEMA_2020_12:
        return jsonschema_rs.Draft202012Validator({"$ref": meta})
    document, _, place = meta.partition("#")
    schema = load(document)
    if not place:
        return jsonschema_rs.validator_for(schema)
    kept = {key: value for key, value in schema.items() if key in ("$defs", "$schema")}
    return jsonschema_rs.validator_for({**kept, "$ref": f"#{place}"})


def _told(error: Any, meta: str) -> Misshapen:
    error = _meant(error)
    path = list(error.instance_path)
    place = pointer(*path)
    match error.kind.name:
        case "required":
            name = error.kind.property
            return Misshapen(place, f"{_at(path)} has no {name}", f"a member {name}")
        case "additionalProperties" | "unevaluatedProperties":
            name = error.kind.unexpected[0]
            known, patterns = _known(error, meta)
            wanted = [*sorted(known), *(f"a name that matches {pattern}" for pattern in patterns)]
            expected = f"one of {', '.join(wanted)}{near(name, known)}" if wanted else "no such member"
            return Misshapen(place + pointer(name), f"{name} is no member that {_at(path)} may have", expected)
        case "enum" | "const":
            options = error.kind.options if error.kind.name == "enum" else [error.kind.expected_value]
            return Misshapen(
                place, f"is {shown(error.instance)}", f"one of {', '.join(shown(each) for each in options)}"
            )
        case "type":
            expected = " or ".join(TYPES.get(name, name) for name in error.kind.types)
            return Misshapen(place, f"is {shown(error.instance)}", expected)
        case "pattern":
            return Misshapen(place, f"is {shown(error.instance)}", f"text that matches {error.kind.pattern}")
        case _:
            return Misshapen(place, error.message, "what the standard says of this place")


def _meant(error: Any) -> Any:
    """The error within that alternative which was most likely meant."""
    while error.kind.name in ("oneOf", "anyOf") and getattr(error.kind, "context", None):
        alternatives = [errors for errors in error.kind.context if errors]
        if not alternatives:
            return error
        likely = min(alternatives, key=lambda errors: _distance(errors, error))
        inner = max(likely, key=lambda each: len(each.instance_path))
        if len(likely) > 1 and len(inner.instance_path) == len(error.instance_path):
            inner = likely[0]
        error = inner
    return error


def _distance(errors: list[Any], outer: Any) -> tuple[int, int, int]:
    """How far a value is from an alternative: a reference that lacks its `$ref` was not meant, another type neither."""
    depth = len(outer.instance_path)
    at_once = [each for each in errors if len(each.instance_path) == depth]
    no_reference = any(each.kind.name == "required" and each.kind.property == "$ref" for each in at_once)
    other_type = any(each.kind.name == "type" for each in at_once)
    return (2 * no_reference + other_type, len(at_once), len(errors))


def _known(error: Any, meta: str) -> tuple[set[str], set[str]]:
    """The names, and the patterns of names, that the refusing schema has, found by the address of its keyword."""
    address, _, place = (error.absolute_keyword_location or "").partition("#")
    schema = _resources(meta).get(address.rstrip("#"))
    for token in place.split("/")[1:-1]:
        token = token.replace("~1", "/").replace("~0", "~")
        schema = schema[int(token)] if isinstance(schema, list) else (schema or {}).get(token)
    if not isinstance(schema, dict):
        return set(), set()
    return set(schema.get("properties", ())), set(schema.get("patternProperties", ())) - {
        "^x-",
        "^x-[\\w\\d\\.\\x2d_]+$",
    }


@cache
def _resources(meta: str) -> dict[str, Any]:
    """The schemas of a meta-schema's file that have an address."""
    if meta == JSON_SCHEMA_2020_12:
        return {}
    schema = load(meta.partition("#")[0])
    inner = [*schema.get("definitions", {}).values(), *schema.get("$defs", {}).values()]
    return {each["$id"].rstrip("#"): each for each in (schema, *inner) if isinstance(each, dict) and "$id" in each}


def _at(path: list[str | int]) -> str:
    if not path:
        return "the document"
    return f"{path[-2]}/{path[-1]}" if isinstance(path[-1], int) and len(path) > 1 else str(path[-1])
