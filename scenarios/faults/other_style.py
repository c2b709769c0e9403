"""other-style: a document is written in another way that the contract allows."""

from __future__ import annotations

from typing import Literal

from ...simulators.channels.files.interference import Appearance, DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import DocumentFault

Style = Literal["other-separators", "no-line-breaks", "all-quoted", "byte-order-mark", "line-feeds"]


@faults.register("other-style")
class OtherStyle(DocumentFault, kw_only=True):
    """The addressed document says the same in another way: X12 with other separators (which ISA names), or all on one
    line; CSV with quotes around every cell, a byte order mark, or lines that end in a line feed alone.

    No defect: a partner has a new translator. A layer must read the separators from the ISA segment and not from habit,
    and read CSV as CSV (E3).
    """

    style: Style

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        content = written(message.content, self.style)
        return DocumentEffect("other-style", self.style, (Appearance(content=content),)) if content else None


def written(content: bytes, style: Style) -> bytes:
    """The document in that style, empty where there is none such for its format."""
    from ...contracts.edi import Separators
    from ..altered.document import opened
    from ..altered.interchange import Interchange

    document = opened(content)
    if isinstance(document, Interchange):
        separators = {
            "other-separators": Separators(element="|", component="^", terminator="\n"),
            "no-line-breaks": Separators(),
        }
        return document.octets(separators[style]) if style in separators else b""
    match style:
        case "all-quoted":
            return document.octets(quoted=True)
        case "byte-order-mark":
            return b"\xef\xbb\xbf" + document.octets()
        case "line-feeds":
            return document.octets(line_ending="\n")
    return b""
