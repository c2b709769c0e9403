"""Small schemas and small values, so that a contradiction between a judgement and a value is soon found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from crossdock.contracts.comparison.change_log import Change, ChangeLog, Use
from crossdock.contracts.comparison.judgement import Direction, Level
from crossdock.contracts.comparison.schema_comparison import SchemaComparison
from crossdock.contracts.part import Part

TEXTS = ("", "a", "ab", "abc", "1")
NAMES = ("a", "b", "c")

values = st.recursive(
    st.one_of(st.integers(-1, 3), st.sampled_from(TEXTS), st.none(), st.booleans(), st.just(1.5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)),
    max_leaves=6,
)


@st.composite
def _numbers(draw: st.DrawFn) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": draw(st.sampled_from(["integer", "number", ["integer", "null"]]))}
    for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"):
        if draw(st.integers(0, 3)) == 0:
            schema[keyword] = draw(st.integers(1, 3))
    return schema


@st.composite
def _texts(draw: st.DrawFn) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": draw(st.sampled_from(["string", ["string", "null"]]))}
    for keyword in ("minLength", "maxLength"):
        if draw(st.integers(0, 3)) == 0:
            schema[keyword] = draw(st.integers(0, 3))
    if draw(st.integers(0, 4)) == 0:
        schema["pattern"] = draw(st.sampled_from(["^[a-z]*$", "^[a-b]+$", "^a$"]))
    if draw(st.integers(0, 3)) == 0:
        schema["enum"] = draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3, unique=True))
    return schema


_leaves = st.one_of(
    _numbers(),
    _texts(),
    st.builds(lambda value: {"const": value}, st.sampled_from([1, "a", None, True])),
    st.just({"type": "boolean"}),
    st.just({}),
)


@st.composite
def _objects(draw: st.DrawFn, inner: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """Closed: in an open one any field may have been sent, also that which is about to get a schema."""
    properties = draw(st.dictionaries(st.sampled_from(NAMES), inner, max_size=3))
    schema: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": properties}
    schema["required"] = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
    if draw(st.integers(0, 4)) == 0:
        schema["dependentRequired"] = {"a": draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))}
    for keyword in ("minProperties", "maxProperties"):
        if draw(st.integers(0, 6)) == 0:
            schema[keyword] = draw(st.integers(0, 2))
    return schema


@st.composite
def _lists(draw: st.DrawFn, inner: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "array"}
    if draw(st.booleans()):
        schema["items"] = draw(inner)
    if draw(st.integers(0, 4)) == 0:
        schema["prefixItems"] = draw(st.lists(inner, min_size=1, max_size=2))
    if draw(st.integers(0, 4)) == 0:
        schema["contains"] = draw(inner)
    for keyword in ("minItems", "maxItems"):
        if draw(st.integers(0, 3)) == 0:
            schema[keyword] = draw(st.integers(0, 2))
    if draw(st.integers(0, 4)) == 0:
        schema["uniqueItems"] = draw(st.booleans())
    return schema


@st.composite
def _combined(draw: st.DrawFn, inner: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    keyword = draw(st.sampled_from(["allOf", "anyOf", "oneOf", "not", "if"]))
    if keyword == "not":
        return {"not": draw(inner)}
    if keyword == "if":
        return {"if": draw(inner), "then": draw(inner), "else": draw(inner)}
    return {keyword: draw(st.lists(inner, min_size=1, max_size=3))}


schemas = st.recursive(_leaves, lambda inner: st.one_of(_objects(inner), _lists(inner), _combined(inner)), max_leaves=5)


@st.composite
def versions(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two schemas, mostly the second an edit of the first."""
    old = draw(schemas)
    return old, draw(schemas) if draw(st.integers(0, 3)) == 0 else draw(edited(old))


@st.composite
def edited(draw: st.DrawFn, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with one member, somewhere, added, removed or replaced."""
    result = dict(schema)
    keys = [key for key in result if key != "additionalProperties"]
    action = draw(st.sampled_from(["descend", "remove", "merge"]))
    if action == "remove" and keys:
        del result[draw(st.sampled_from(keys))]
    elif action == "merge":
        result |= draw(_leaves)
    elif keys:
        key = draw(st.sampled_from(keys))
        result[key] = draw(_edited_member(key, result[key]))
    return result


@st.composite
def _edited_member(draw: st.DrawFn, key: str, member: Any) -> Any:
    if key == "properties" and member:
        name = draw(st.sampled_from(sorted(member)))
        return {**member, name: draw(edited(member[name]))}
    if key in ("items", "contains", "not", "if", "then", "else"):
        return draw(edited(member))
    if key in ("allOf", "anyOf", "oneOf", "prefixItems"):
        return [draw(edited(member[0])), *member[1:]] if draw(st.booleans()) else member[1:] or member
    if isinstance(member, int) and not isinstance(member, bool) and key != "const":
        return max(1 if key == "multipleOf" else 0, member + draw(st.sampled_from([-1, 1])))
    return member


def changes(old: Any, new: Any, *directions: Direction) -> list[Change]:
    """What the comparison of two schemas tells."""
    log = ChangeLog()
    comparison = SchemaComparison(log, date(2026, 12, 1), timedelta())
    for direction in directions:
        comparison.use(Use("it", "", direction), Part("old.json", "", old), Part("new.json", "", new))
    return log.changes()


def level(old: Any, new: Any, direction: Direction) -> Level:
    return max((change.level for change in changes(old, new, direction)), default=Level.COMPATIBLE)
