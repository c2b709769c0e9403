"""What answers need of an item's parts that callers don't have to send: a line's price, an address's number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .schemas import Schemas

_DEEPEST = 8
# What says something about a schema and nothing about its values.
_WORDS = frozenset({"title", "description", "examples", "example", "default", "deprecated", "$comment"})


@dataclass(frozen=True, slots=True)
class Filling:
    """`values` are what an object gets where it has nothing of that name; `parts` and `lists` those of its properties
    within which something is needed, the latter with the filling of an element.
    """

    values: Mapping[str, Any]
    parts: tuple[tuple[str, Filling], ...]
    lists: tuple[tuple[str, Filling], ...]

    def __bool__(self) -> bool:
        return bool(self.values or self.parts or self.lists)

    def filled(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What was said, with what was drawn where nothing was and something must be."""
        whole = {**self.values, **said}
        for name, part in self.parts:
            if isinstance(each := said.get(name), dict):
                whole[name] = part.filled(each)
        for name, part in self.lists:
            if isinstance(each := said.get(name), list):
                whole[name] = [part.filled(one) if isinstance(one, dict) else one for one in each]
        return whole


def filling(schemas: Schemas, drawn: Any, told: Any, sent: Any) -> Filling:
    """For an item that is told by one schema and sent by another; `drawn` is one as it is told. All of its own
    properties are filled in; of its parts only what must be there. A part that is sent as it is told needs nothing.
    """
    parts = _parts(schemas, drawn, told, sent, 0)
    return Filling(drawn if isinstance(drawn, dict) else {}, parts.parts, parts.lists)


def _filling(schemas: Schemas, drawn: Any, told: Any, sent: Any, depth: int) -> Filling:
    plain = schemas.plain(told)
    if not isinstance(drawn, dict) or _alike(plain, schemas.plain(sent)) or depth > _DEEPEST:
        return Filling({}, (), ())
    parts = _parts(schemas, drawn, told, sent, depth)
    needed = {name: drawn[name] for name in plain.get("required", ()) if name in drawn}
    return Filling(needed, parts.parts, parts.lists)


def _parts(schemas: Schemas, drawn: Any, told: Any, sent: Any, depth: int) -> Filling:
    known, asked = schemas.properties(told), schemas.properties(sent)
    parts: list[tuple[str, Filling]] = []
    lists: list[tuple[str, Filling]] = []
    for name, value in drawn.items() if isinstance(drawn, dict) else ():
        if name not in known or name not in asked:
            continue
        if isinstance(value, list) and value:
            element, other = (schemas.plain(each[name]).get("items", {}) for each in (known, asked))
            if part := _filling(schemas, value[0], element, other, depth + 1):
                lists.append((name, part))
        elif part := _filling(schemas, value, known[name], asked[name], depth + 1):
            parts.append((name, part))
    return Filling({}, tuple(parts), tuple(lists))


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one == other or (
        {name: each for name, each in one.items() if name not in _WORDS}
        == {name: each for name, each in other.items() if name not in _WORDS}
    )
