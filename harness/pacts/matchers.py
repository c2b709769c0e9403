"""Matching rules for a value, from the schema that it keeps: what a consumer may rely on, and no more.

What the schema requires is expected, at its type; a pattern, an enumeration, a constant and the form of a date are
expected as such. What is optional is left out: whoever reads it has to say so. Source: Pact specification 4, matchers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# What RFC 3339 allows of a date and time in UTC or with an offset.
_TIMES = {
    "date-time": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$",
    "date": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}
# The verifier's regular expressions know no looking around.
_LOOKING_AROUND = re.compile(r"\(\?[=!<]")


@dataclass(slots=True)
class Generalised:
    """An example that keeps to the rules, and the rules by their path (`$.lines[*].sku`)."""

    example: Any = None
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)


def generalised(value: Any, schema: Mapping[str, Any], *, whole: bool = False) -> Generalised:
    """The value, generalised. `schema` is self-contained; `whole` keeps what is optional, too (of what is sent)."""
    found = Generalised()
    found.example = _Reader(schema, found.rules, whole).read(value, schema, "$")
    return found


@dataclass(slots=True)
class _Reader:
    root: Mapping[str, Any]
    rules: dict[str, dict[str, Any]]
    whole: bool

    def read(self, value: Any, schema: Mapping[str, Any], path: str) -> Any:
        parts = list(self._parts(schema))
        if isinstance(value, dict):
            return self._object(value, parts, path)
        if isinstance(value, list):
            return self._array(value, parts, path)
        self._put(path, _scalar(value, parts))
        return value

    def _object(self, value: dict[str, Any], parts: list[Mapping[str, Any]], path: str) -> dict[str, Any]:
        required = {name for part in parts for name in part.get("required", ())}
        known = {name: schema for part in parts for name, schema in part.get("properties", {}).items()}
        self._put(path, {"match": "type"})
        return {
            name: self.read(member, known.get(name, {}), _below(path, name))
            for name, member in value.items()
            if self.whole or name in required
        }

    def _array(self, value: list[Any], parts: list[Mapping[str, Any]], path: str) -> list[Any]:
        items: Mapping[str, Any] = next((part["items"] for part in parts if isinstance(part.get("items"), Mapping)), {})
        self._put(path, {"match": "type", "min": max(part.get("minItems", 0) for part in parts)})
        return [self.read(value[0], items, f"{path}[*]")] if value else []

    def _put(self, path: str, rule: dict[str, Any]) -> None:
        self.rules[path] = {"combine": "AND", "matchers": [rule]}

    def _parts(self, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The schema and what it consists of, as far as all of it holds."""
        if reference := schema.get("$ref"):
            target: Any = self.root
            for token in str(reference).removeprefix("#/").split("/"):
                target = target.get(token, {})
            yield from self._parts(target)
        yield schema
        for part in schema.get("allOf", ()):
            yield from self._parts(part)


def _scalar(value: Any, parts: list[Mapping[str, Any]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for part in parts:
        said |= {name: part[name] for name in ("const", "enum", "pattern", "format") if name in part}
    if "const" in said:
        return {"match": "equality"}
    if isinstance(value, str):
        return _text(said)
    if isinstance(value, bool) or value is None:
        return {"match": "type"}
    return {"match": "integer"} if isinstance(value, int) else {"match": "number"}


def _text(said: Mapping[str, Any]) -> dict[str, Any]:
    if "enum" in said:
        values = "|".join(re.escape(str(each)) for each in said["enum"])
        return {"match": "regex", "regex": f"^({values})$"}
    if "pattern" in said and not _LOOKING_AROUND.search(said["pattern"]):
        return {"match": "regex", "regex": said["pattern"]}
    if said.get("format") in _TIMES:
        return {"match": "regex", "regex": _TIMES[said["format"]]}
    return {"match": "type"}


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if _PLAIN.fullmatch(name) else f"{path}['{name}']"
