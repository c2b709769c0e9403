"""The types of record that a kind of party keeps, by name: what a state file says `SalesOrder` and means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from ...contracts import objects
from ..kinds import kind_of

_ROOT = __name__.rpartition(".keeping.")[0]


@cache
def record_types(kind: str) -> Mapping[str, type[msgspec.Struct]]:
    """Name → type, of the contracts' objects and the party's own."""
    kind_of(kind)  # its modules are imported now
    own = (objects.__name__, f"{_ROOT}.{kind}")
    return {each.__name__: each for each in _subclasses(msgspec.Struct) if each.__module__.startswith(own)}


def _subclasses(base: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    for each in base.__subclasses__():
        yield each
        yield from _subclasses(each)
