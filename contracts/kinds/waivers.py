"""Waivers: which findings are put up with, and why. A file of ours that is checked like a contract."""

from __future__ import annotations

from typing import Any

from ..kind import DocumentKind, document_kind


@document_kind
class Waivers(DocumentKind):
    """A list of waivers."""

    id = "waivers"
    title = "a file of waivers"
    expected = "`waivers` at its top, and nothing else"
    meta = "harness/v1/waivers.json"

    def recognises(self, content: Any) -> bool:
        return isinstance(content, dict) and content.keys() == {"waivers"}
