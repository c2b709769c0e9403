"""The data elements and segments of a version, from `contracts/x12/VERSION/elements.yaml` and `segments.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..documents import DocumentError, load, pointer, wrong
from ..validation import Validator
from .guide import Composite, Element, Note, SegmentGuide, Use

SCHEMA = "x12/guide.json"


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
    content = checked(document, "Elements")
    found: dict[str, Element | Composite] = {}
    for number, said in content["elements"].items():
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
    found = {}
    for segment_id, said in checked(document, "Segments")["segments"].items():
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
    return wrong(document, pointer(*place), f"there is no element {number} in elements.yaml: define it there first")


def _note(text: str) -> Note:
    digits = text[1:]
    return Note(text[0], tuple(int(digits[at : at + 2]) for at in range(0, len(digits), 2)))
