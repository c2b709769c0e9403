"""A schema as it holds: with what it refers to and all parts of its `allOf` at once (JSON Schema 2020-12 Core, 8.2,
10.2).

Two versions say the same thing in different ways: a field moves into a shared part, a reference is written out. So
schemas are compared by what they amount to, and each keyword knows at which place it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeAlias

from ..part import Key, Part

Keys: TypeAlias = tuple[Key, ...]
ALL_TYPES = frozenset({"string", "number", "boolean", "array", "object", "null"})


class Effective:
    """One schema, or several that hold at once."""

    def __init__(self, *parts: Part) -> None:
        """Raises: DocumentError when a reference leads nowhere."""
        self._parts = tuple(_meant(part) for part in parts)
        self.part = self._parts[0]
        self._members: list[Part] = []
        seen: set[Key] = set()
        for part in self._parts:
            self._gather(part, seen)

    def _gather(self, part: Part, seen: set[Key]) -> None:
        if part.key in seen:
            return
        seen.add(part.key)
        if not isinstance(part.value, dict):
            self._members.append(part)
            return
        self._members.append(part)
        meant = part.followed()
        if meant.key != part.key:
            self._gather(meant, seen)
        for _, each in part.member("allOf").members():
            self._gather(each, seen)

    @property
    def members(self) -> list[Part]:
        """Everything that holds at once."""
        return self._members

    @property
    def key(self) -> Keys:
        return tuple(part.key for part in self._parts)

    @property
    def parts(self) -> tuple[Part, ...]:
        return self._parts

    @property
    def name(self) -> str:
        """What people call it: the field, the definition or the file that it is; else what of that."""
        tokens = [token.replace("~1", "/").replace("~0", "~") for token in self.part.pointer.split("/")[1:]]
        if not tokens:
            return self.part.document.rpartition("/")[2].partition(".")[0]
        below = []
        while len(tokens) > 1 and tokens[-2] not in _NAMING:
            below.append(tokens.pop())
        kind = next((_KINDS[token] for token in below if token in _KINDS), "")
        if len(tokens) > 1:
            return f"{kind}{tokens[-1]}"
        return {"schema": "the value", "payload": "the event"}.get(below[0] if below else "", "the value")

    @property
    def refuses_all(self) -> bool:
        return any(member.value is False for member in self._members)

    def all(self, keyword: str) -> list[Part]:
        """Every place where the keyword stands."""
        return [
            member.member(keyword)
            for member in self._members
            if isinstance(member.value, dict) and keyword in member.value
        ]

    def first(self, keyword: str) -> Part | None:
        return next(iter(self.all(keyword)), None)

    def value(self, keyword: str, default: Any = None) -> Any:
        found = self.first(keyword)
        return default if found is None else found.value

    @cached_property
    def types(self) -> frozenset[str]:
        """The types that fit; `integer` stands there only where `number` does not."""
        types = ALL_TYPES
        for part in self.all("type"):
            named = frozenset([part.value] if isinstance(part.value, str) else part.value)
            types = _both(types, named)
        return types

    @cached_property
    def properties(self) -> dict[str, list[Part]]:
        """Name → the schemas that it must fit, all of them."""
        found: dict[str, list[Part]] = {}
        for part in self.all("properties"):
            for name, schema in part.members():
                found.setdefault(name, []).append(schema)
        return found

    @cached_property
    def required(self) -> dict[str, Part]:
        return {part.value[i]: part for part in self.all("required") for i in range(len(part.value))}

    @property
    def is_closed(self) -> bool:
        """Whether it takes no fields but those that it names."""
        return any(part.value is False for name in _CLOSING for part in self.all(name))

    def unions(self) -> Iterator[Part]:
        for keyword in ("oneOf", "anyOf"):
            yield from self.all(keyword)


# Below these stand names that people gave, each with a schema.
_NAMING = frozenset({"properties", "$defs", "definitions", "schemas", "patternProperties", "headers"})
_KINDS = {"items": "each of ", "prefixItems": "a place of ", "additionalProperties": "each of "}


def _meant(part: Part) -> Part:
    """The schema itself behind one that is nothing but a reference, with words beside it."""
    if isinstance(part.value, dict) and "$ref" in part.value and part.value.keys() <= _WORDS:
        return part.followed()
    return part


_WORDS = frozenset({"$ref", "title", "description", "examples", "example", "$comment"})
_CLOSING = ("additionalProperties", "unevaluatedProperties")


def _both(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    """What two lists of types have in common; every integer is a number."""
    common = first & second
    if "integer" in first | second and "number" in first | second and "number" not in common:
        common |= {"integer"}
    return common
