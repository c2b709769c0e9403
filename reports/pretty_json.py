"""JSON laid out for reading: what fits on a line stays on one, so that a quantity is not five lines long."""

from __future__ import annotations

import msgspec

from .notation import printable

_LINE = 96
_encode = msgspec.json.Encoder().encode


def pretty_json(value: object) -> str:
    """The JSON of the value, indented by two where it is long, without characters that steer or deceive."""
    return printable(_laid_out(msgspec.to_builtins(value, str_keys=True), 0))


def compact_json(value: object) -> str:
    """The JSON of the value on one line, which report.js lays out in the same way; without such characters either."""
    return printable(_encode(value).decode())


def _laid_out(value: object, depth: int) -> str:
    """The value's text; `depth` is how far the line that it begins on is indented."""
    if isinstance(value, dict):
        members = [f"{_encode(key).decode()}: {_laid_out(item, depth + 1)}" for key, item in value.items()]
        return _enclosed("{", members, "}", depth)
    if isinstance(value, list | tuple):
        return _enclosed("[", [_laid_out(item, depth + 1) for item in value], "]", depth)
    return _encode(value).decode()


def _enclosed(opening: str, members: list[str], closing: str, depth: int) -> str:
    line = f"{opening}{', '.join(members)}{closing}"
    if len(line) + 2 * depth <= _LINE and "\n" not in line:
        return line
    indent = "\n" + "  " * depth
    return f"{opening}{indent}  {f',{indent}  '.join(members)}{indent}{closing}"
