"""The data elements and segments of a version, from `contracts/x12/VERSION/elements.yaml` and `segments.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..documents import FOLDER, DocumentError, load, pointer, wrong
from ..validation import Validator
from .guide import Composite, Element, Note, SegmentGuide, Use

SCHEMA = "x12/guide.json"
VERSION = "004010"


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """By number and by identifier."""

    version: str
    elements: Mapping[str, Element | Composite]
    segments: Mapping[str, SegmentGuide]


@cache
def dictionary(version: str) -> Dictionary:
    """The dictionary of a version of the standard ("004010").

    Raises: DocumentError with the first thing that is wrong, and where.
    """
    found = elements(f"x12/{version}/elements.yaml")
    return Dictionary(version, found, segments(f"x12/{version}/segments.yaml", found))


def extended(document: str, content: dict[str, Any]) -> Dictionary:
    """The dictionary for a set guide: that of its release (of 004010 where there is none) with what it defines itself.

    Raises: DocumentError, as `dictionary` does.
    """
    version = content["version"][:6]
    base = dictionary(version if (FOLDER / "x12" / version).is_dir() else VERSION)
    if not content.keys() & {"elements", "composites", "segments"}:
        return base
    found = {**base.elements, **_elements(document, content, base.elements)}
    return Dictionary(content["version"], found, {**base.segments, **_segments(document, content, found)})


def checked(document: str, definition: str) -> dict[str, Any]:
    """The document, when it is what the definition of `guide.json` says.

    Raises: DocumentError with the first thing that is wrong, and where.
    """
    content: dict[str, Any] = load(document)
    for error in _validator(definition).errors(content):
        raise wrong(document, error.pointer, error.message)
    return content


@cache
def _validator(definition: str) -> Validator:
    return Validator({"$defs": load(SCHEMA)["$defs"], "$ref": f"#/$defs/{definition}"})


def elements(document: str) -> dict[str, Element | Composite]:
    """The elements and composites of a list of them, by number. Raises: DocumentError, as `dictionary` does."""
    return _elements(document, checked(document, "Elements"), {})


def _elements(
    document: str, content: dict[str, Any], known: Mapping[str, Element | Composite]
) -> dict[str, Element | Composite]:
    found: dict[str, Element | Composite] = dict(known)
    for number, said in content.get("elements", {}).items():
        shortest, longest = said["length"]
        if shortest > longest:
            raise wrong(document, pointer("elements", number, "length"), f"{shortest} is more than {longest}")
        found[number] = Element(
            number, said["name"], said["type"], shortest, longest, said.get("codes"), said.get("open", False)
        )
    for number, said in content.get("composites", {}).items():
        place = ("composites", number, "components")
        uses = tuple(_use(document, (*place, index), text, found) for index, text in enumerate(said["components"]))
        found[number] = Composite(number, said["name"], uses)
    return found


def segments(document: str, elements: Mapping[str, Element | Composite]) -> dict[str, SegmentGuide]:
    """The segments of a list of them, by identifier, built from the elements. Raises: as `dictionary` does."""
    return _segments(document, checked(document, "Segments"), elements)


def _segments(
    document: str, content: dict[str, Any], elements: Mapping[str, Element | Composite]
) -> dict[str, SegmentGuide]:
    found = {}
    for segment_id, said in content.get("segments", {}).items():
        place = ("segments", segment_id)
        uses = tuple(
            _use(document, (*place, "elements", index), text, elements) for index, text in enumerate(said["elements"])
        )
        notes = tuple(_note(text) for text in said.get("notes", ()))
        for index, note in enumerate(notes):
            if max(note.positions) > len(uses) or min(note.positions) < 1:
                raise wrong(
                    document,
                    pointer(*place, "notes", index),
                    f"{note} speaks of an element that {segment_id} has not: it has {len(uses)}",
                )
        found[segment_id] = SegmentGuide(segment_id, said["name"], uses, notes)
    return found


def _use(document: str, place: tuple[str | int, ...], text: str, elements: Mapping[str, Element | Composite]) -> Use:
    number, _, requirement = text.partition(" ")
    if number not in elements:
        raise _no_element(document, place, number)
    return Use(elements[number], required=requirement == "M")


def _no_element(document: str, place: tuple[str | int, ...], number: str) -> DocumentError:
    return wrong(document, pointer(*place), f"there is no element {number}: define it under `elements` first")


def _note(text: str) -> Note:
    digits = text[1:]
    return Note(text[0], tuple(int(digits[at : at + 2]) for at in range(0, len(digits), 2)))
