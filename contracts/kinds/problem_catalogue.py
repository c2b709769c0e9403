"""The problems that the APIs of a programme may answer with, in one file. Source: RFC 9457."""

from __future__ import annotations

from typing import Any

from ..kind import DocumentKind, document_kind


@document_kind
class ProblemCatalogue(DocumentKind):
    """Problem codes, each with its status, its title, and what a caller should do."""

    id = "problem-catalogue"
    title = "a problem catalogue"
    expected = "`problems` at its top, and nothing else"
    meta = "http/problem-catalogue.json"

    def recognises(self, content: Any) -> bool:
        return isinstance(content, dict) and content.keys() == {"problems"}
