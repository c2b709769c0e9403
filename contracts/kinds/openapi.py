"""OpenAPI 3.1: an API over HTTP. Source: OpenAPI 3.1.1, chapter 4.8."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..kind import DocumentKind, Example, document_kind
from ..object_model import ITSELF, SCHEMA, Model, listed, mapped, one
from ..operation_reader import METHODS
from ..part import Part
from ..view import View
from .json_schema import SCHEMA_FIELDS, has, schema_examples

_PARAMETER = {"schema": one(SCHEMA), "content": mapped("media type"), "examples": mapped("example")}
_PATH = {
    **dict.fromkeys(METHODS, one("operation")),
    "parameters": listed("parameter"),
    "servers": listed("server"),
}
OPENAPI_MODEL: Model = {
    "document": {
        "info": one("info"),
        "servers": listed("server"),
        "paths": mapped("path"),
        "webhooks": mapped("webhook"),
        "components": one("components"),
        "tags": listed("tag"),
    },
    "components": {
        "schemas": mapped(SCHEMA),
        "responses": mapped("response"),
        "parameters": mapped("parameter"),
        "examples": mapped("example"),
        "requestBodies": mapped("request body"),
        "headers": mapped("header"),
        "securitySchemes": mapped("security scheme"),
        "links": mapped("link"),
        "callbacks": mapped("callback"),
        "pathItems": mapped("path"),
    },
    "path": _PATH,
    "webhook": _PATH,
    "operation": {
        "parameters": listed("parameter"),
        "requestBody": one("request body"),
        "responses": mapped("response"),
        "callbacks": mapped("callback"),
        "servers": listed("server"),
    },
    "callback": {ITSELF: one("webhook")},
    "request body": {"content": mapped("media type")},
    "response": {"headers": mapped("header"), "content": mapped("media type"), "links": mapped("link")},
    "parameter": _PARAMETER,
    "header": _PARAMETER,
    "media type": {"schema": one(SCHEMA), "examples": mapped("example"), "encoding": mapped("encoding")},
    "encoding": {"headers": mapped("header")},
    SCHEMA: SCHEMA_FIELDS,
}


@document_kind
class OpenApi(DocumentKind):
    """An API: its operations, what they take and what they give."""

    id = "openapi"
    title = "an OpenAPI 3.1 document"
    expected = "`openapi: 3.1.x` or `3.0.x` at its top"
    meta = "meta/openapi/3.1-2022-10-07.json"
    model = OPENAPI_MODEL

    def recognises(self, content: Any) -> bool:
        return isinstance(content, dict) and "openapi" in content

    def examples(self, view: View) -> Iterator[Example]:
        yield from openapi_examples(view)

    def references(self, view: View) -> Iterator[Part]:
        yield from super().references(view)
        yield from discriminated(view)


def openapi_examples(view: View) -> Iterator[Example]:
    """Of bodies, parameters and headers, and those that their schemas give."""
    for kind in ("media type", "parameter", "header"):
        for node in view.all(kind):
            if has(node.part, "schema"):
                schema = node.part.member("schema")
                yield from (Example(each, schema) for each in _given(node.part))
    yield from schema_examples(view)


def _given(part: Part) -> Iterator[Part]:
    """`example`, and the `value` of each of `examples` (4.8.19, Example Object)."""
    if has(part, "example"):
        yield part.member("example")
    if isinstance(part.get("examples"), dict):
        for _, each in part.member("examples").members():
            try:
                example = each.followed()
            except ValueError:  # told as a reference that leads nowhere
                continue
            if has(example, "value"):
                yield example.member("value")


def discriminated(view: View) -> Iterator[Part]:
    """The schemas that discriminators name by a reference (4.8.25); a bare name is one of the components."""
    for node in view.all(SCHEMA):
        mapping = node.part.member("discriminator", "mapping")
        yield from (part for _, part in mapping.members() if isinstance(part.value, str) and "/" in part.value)
