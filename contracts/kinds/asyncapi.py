"""AsyncAPI 3.0: events and messages, and who sends them. Source: AsyncAPI 3.0.0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..kind import DocumentKind, Example, document_kind
from ..object_model import SCHEMA, Model, listed, mapped, one
from ..view import View
from .json_schema import SCHEMA_FIELDS, has, schema_examples

ASYNCAPI_MODEL: Model = {
    "document": {
        "info": one("info"),
        "servers": mapped("server"),
        "channels": mapped("channel"),
        "operations": mapped("event operation"),
        "components": one("components"),
    },
    "components": {
        "schemas": mapped(SCHEMA),
        "servers": mapped("server"),
        "channels": mapped("channel"),
        "operations": mapped("event operation"),
        "messages": mapped("message"),
        "messageTraits": mapped("message trait"),
        "securitySchemes": mapped("security scheme"),
    },
    "server": {"security": listed("security scheme")},
    "channel": {"messages": mapped("message"), "servers": listed("server")},
    "event operation": {
        "channel": one("channel"),
        "messages": listed("message"),
        "security": listed("security scheme"),
        "reply": one("reply"),
    },
    "reply": {"channel": one("channel"), "messages": listed("message")},
    # Beside a schema, a payload may be one in another language, with the name of that (Multi Format Schema Object).
    "message": {"payload": one(SCHEMA), "headers": one(SCHEMA), "traits": listed("message trait")},
    "message trait": {"headers": one(SCHEMA)},
    SCHEMA: SCHEMA_FIELDS,
}


@document_kind
class AsyncApi(DocumentKind):
    """The events and messages of one or more applications."""

    id = "asyncapi"
    title = "an AsyncAPI 3.0 document"
    expected = "`asyncapi: 3.0.0` at its top"
    meta = "meta/asyncapi/3.0.0.json"
    model = ASYNCAPI_MODEL

    def recognises(self, content: Any) -> bool:
        return isinstance(content, dict) and "asyncapi" in content

    def examples(self, view: View) -> Iterator[Example]:
        """Payload and headers of each example of a message, and those that schemas give."""
        for node in view.all("message"):
            for _, example in node.part.member("examples").members():
                for name in ("payload", "headers"):
                    if has(example, name) and has(node.part, name) and "schemaFormat" not in node.part.value[name]:
                        yield Example(example.member(name), node.part.member(name))
        yield from schema_examples(view)
