"""Pact V4: what a consumer expects of a provider. Source: github.com/pact-foundation/pact-specification, version 4."""

from __future__ import annotations

from typing import Any

from ..kind import DocumentKind, document_kind
from ..object_model import Model, listed, one

PACT_MODEL: Model = {
    "document": {"consumer": one("pacticipant"), "provider": one("pacticipant"), "interactions": listed("interaction")}
}


@document_kind
class Pact(DocumentKind):
    """The interactions that a consumer was tested with."""

    id = "pact"
    title = "a pact of version 4"
    expected = "`consumer`, `provider` and `metadata` with a `pactSpecification` of version 4.0 at its top"
    meta = "meta/pact/v4.json"
    model = PACT_MODEL

    def recognises(self, content: Any) -> bool:
        return isinstance(content, dict) and {"consumer", "provider"} <= content.keys()
