"""Shared parts of OpenAPI documents in a file of their own: a Components Object (OpenAPI 3.1.1, 4.8.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..kind import DocumentKind, Example, document_kind
from ..part import Part
from ..view import View
from .openapi import OPENAPI_MODEL, discriminated, openapi_examples


@document_kind
class OpenApiComponents(DocumentKind):
    """Parameters, headers, responses, schemas, … that OpenAPI documents refer to."""

    id = "openapi-components"
    title = "a file of OpenAPI components"
    expected = f"only {', '.join(OPENAPI_MODEL['components'])} at its top, as in an OpenAPI Components Object"
    meta = "meta/openapi/3.1-2022-10-07.json#/$defs/components"
    model = OPENAPI_MODEL
    root = "components"

    def recognises(self, content: Any) -> bool:
        return (
            isinstance(content, dict)
            and content.keys() <= OPENAPI_MODEL["components"].keys()
            and any(isinstance(value, dict) for value in content.values())
        )

    def examples(self, view: View) -> Iterator[Example]:
        yield from openapi_examples(view)

    def references(self, view: View) -> Iterator[Part]:
        yield from super().references(view)
        yield from discriminated(view)
