"""X12 guides: a transaction set of the standard, or what a trading partner makes of one. Source: x12/guide.json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..documents import DocumentError
from ..kind import DocumentKind, document_kind
from ..view import View


@document_kind
class X12Guide(DocumentKind):
    """A set with its structure, or a partner's guide with what it restricts."""

    id = "x12-guide"
    title = "an X12 guide"
    expected = "`x12: 1` at its top, with `set`, or with `based_on`"
    meta = "x12/guide.json"

    def recognises(self, content: Any) -> bool:
        return isinstance(content, dict) and "x12" in content and not {"elements", "segments"} & content.keys()

    def unusable(self, view: View) -> Iterator[DocumentError]:
        from ..edi.guide_document import guide_of

        try:
            guide_of(view.document)
        except DocumentError as error:
            yield error
