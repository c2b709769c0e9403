"""The dictionary of an X12 version that guides are built from: its data elements, and its segments; and the names of
what no guide describes.

Source: x12/guide.json, Elements, Segments and Names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..documents import DocumentError, NoDocument, beside, load
from ..kind import DocumentKind, document_kind
from ..view import View


@document_kind
class X12Elements(DocumentKind):
    """Data elements and composites, by number."""

    id = "x12-elements"
    title = "a list of X12 elements"
    expected = "`x12: 1` and `elements` at its top"
    meta = "x12/guide.json#/$defs/Elements"

    def recognises(self, content: Any) -> bool:
        return isinstance(content, dict) and {"x12", "elements"} <= content.keys()

    def unusable(self, view: View) -> Iterator[DocumentError]:
        from ..edi.dictionary import elements

        try:
            elements(view.document)
        except DocumentError as error:
            yield error


@document_kind
class X12Segments(DocumentKind):
    """Segments, by identifier, built from the elements beside them; where there are none, from those of ours."""

    id = "x12-segments"
    title = "a list of X12 segments"
    expected = "`x12: 1` and `segments` at its top"
    meta = "x12/guide.json#/$defs/Segments"

    def recognises(self, content: Any) -> bool:
        return isinstance(content, dict) and {"x12", "segments"} <= content.keys()

    def unusable(self, view: View) -> Iterator[DocumentError]:
        from ..edi.dictionary import elements, segments

        try:
            segments(view.document, elements(elements_of(view.document)))
        except DocumentError as error:
            yield error


@document_kind
class X12Names(DocumentKind):
    """What sets and segments are called that no guide describes."""

    id = "x12-names"
    title = "a list of X12 names"
    expected = "`x12: 1` and `names` at its top"
    meta = "x12/guide.json#/$defs/Names"

    def recognises(self, content: Any) -> bool:
        return isinstance(content, dict) and {"x12", "names"} <= content.keys()


def elements_of(document: str) -> str:
    """The document with the elements that a list of segments is built from."""
    found = beside(document, "elements.yaml")
    try:
        load(found)
    except NoDocument:
        return f"x12/{load(document)['version']}/elements.yaml"
    return found
