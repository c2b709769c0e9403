"""CSV layouts: how one type of file is written and read. Source: csv/layout.json, RFC 4180."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..documents import DocumentError
from ..kind import DocumentKind, document_kind
from ..view import View


@document_kind
class CsvLayout(DocumentKind):
    """A layout of its own, or one that is based on another."""

    id = "csv-layout"
    title = "a CSV layout"
    expected = "`layout` and its name at its top"
    meta = "csv/layout.json"

    def recognises(self, content: Any) -> bool:
        return isinstance(content, dict) and "layout" in content

    def unusable(self, view: View) -> Iterator[DocumentError]:
        from ..layouts.document import problems

        yield from problems(view.document)
