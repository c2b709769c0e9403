"""Values put into a document where `${name}` stands, and what stood where before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..contracts.documents import pointer

HOLE = re.compile(r"\$\{([^{}]*)\}")


@dataclass(slots=True)
class Filled:
    """A document with its holes filled. `origins` is JSON Pointer into `document` → pointer into what it was made of,
    or, where a hole was the whole of a text, below `source`; `unfilled` are the places with a hole that has no value.
    """

    document: Any = None
    origins: dict[str, str] = field(default_factory=dict)
    unfilled: list[str] = field(default_factory=list)

    def origin(self, place: str) -> str:
        """Where what stands (or should stand) at a pointer into `document` was written."""
        rest = ""
        while place and place not in self.origins:
            place, _, last = place.rpartition("/")
            rest = f"/{last}{rest}"
        return self.origins.get(place, "") + rest

    def can_tell(self, place: str) -> bool:
        """Whether what is said about a pointer is about something known, and not about a hole that is still open."""
        return not any(place == open_ or place.startswith(f"{open_}/") for open_ in self.unfilled)


def fill(document: Any, values: Mapping[str, Any], source: str) -> Filled:
    """A copy of the document with each `${name}` replaced. A text that is nothing but a hole becomes the value, with
    its type; within a longer text, or in a key, the value is written out.
    """
    filled = Filled()
    filled.document = _fill(document, values, source, filled, "", "")
    return filled


def holes(document: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """The name in each hole of a document, and a pointer to the text that it is in."""
    if isinstance(document, str):
        for name in HOLE.findall(document):
            yield name, place
    elif isinstance(document, dict):
        for key, value in document.items():
            yield from holes(key, inner := f"{place}{pointer(key)}")
            yield from holes(value, inner)
    elif isinstance(document, list | tuple):
        for number, value in enumerate(document):
            yield from holes(value, f"{place}/{number}")


def _fill(value: Any, values: Mapping[str, Any], source: str, filled: Filled, written: str, made: str) -> Any:
    filled.origins[made] = written
    if isinstance(value, str):
        whole = HOLE.fullmatch(value)
        if whole and whole[1] in values:
            filled.origins[made] = f"{source}{pointer(whole[1])}"
            return values[whole[1]]
        return _text(value, values, filled, made)
    if isinstance(value, dict):
        result = {}
        for key, inner in value.items():
            name = _text(key, values, filled, made)
            places = f"{written}{pointer(key)}", f"{made}{pointer(name)}"
            result[name] = _fill(inner, values, source, filled, *places)
        return result
    if isinstance(value, list | tuple):
        return [
            _fill(inner, values, source, filled, f"{written}/{number}", f"{made}/{number}")
            for number, inner in enumerate(value)
        ]
    return value


def _text(text: str, values: Mapping[str, Any], filled: Filled, made: str) -> str:
    def written(match: re.Match[str]) -> str:
        if match[1] not in values:
            filled.unfilled.append(made)
            return match[0]
        value = values[match[1]]
        if isinstance(value, bool):
            return str(value).lower()
        return f"{value:g}" if isinstance(value, float) else str(value)

    return HOLE.sub(written, text)
