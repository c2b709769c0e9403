"""Another value that keeps a schema, as near to a given one as can be."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from ...contracts.validation import Validator

MOST_TRIES = 400
_PATH = tuple[str | int, ...]


def other_body(schema: Validator, payload: Any) -> Any:
    """The payload with one leaf changed or left out, so that it still keeps the schema; None when none is found."""
    for tried, (path, value) in enumerate(_changes(payload)):
        if tried > MOST_TRIES:
            return None
        other = _changed(payload, path, value)
        if schema.is_valid(other):
            return other
    return None


_LEFT_OUT = object()


def _changes(value: Any, path: _PATH = ()) -> Iterator[tuple[_PATH, Any]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _changes(member, (*path, name))
        yield from (((*path, name), _LEFT_OUT) for name in value)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _changes(member, (*path, index))
    elif isinstance(value, bool):
        yield path, not value
    elif isinstance(value, int | float):
        yield from ((path, value + 1), (path, value - 1))
    elif isinstance(value, str):
        yield from ((path, f"{value}a"), (path, f"{value}1"), (path, value[:-1]))


def _changed(payload: Any, path: _PATH, value: Any) -> Any:
    if not path:
        return value
    other = copy.deepcopy(payload)
    here = other
    for step in path[:-1]:
        here = here[step]
    if value is _LEFT_OUT:
        del here[path[-1]]
    else:
        here[path[-1]] = value
    return other
