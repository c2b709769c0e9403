"""bad-part-beside: something useless stands beside something good in one document."""

from __future__ import annotations

from ...simulators.channels.files.interference import Appearance, DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import DocumentFault


@faults.register("bad-part-beside")
class BadPartBeside(DocumentFault):
    """Before the good part of the addressed document stands another that can't be used: in X12 a set of its own in the
    same group, whose SE01 is wrong; in a ship_confirm file a row about another shipment, whose line has a status that
    there is not.

    The good part is as good as ever. A layer must act upon it (R3), refuse the bad one (997 P), and tell people (E3).
    """

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        content = with_bad_part(message.content)
        return DocumentEffect("bad-part-beside", "with a bad part", (Appearance(content=content),)) if content else None


def with_bad_part(content: bytes) -> bytes:
    """The document with another part before its own; empty where it has no place for one."""
    from ..altered.document import opened
    from ..altered.interchange import Interchange

    document = opened(content)
    if isinstance(document, Interchange):
        start, end = document.place("ST"), document.place("SE")
        bad = [list(segment) for segment in document.segments[start : end + 1]]
        bad[-1][1] = str(int(bad[-1][1]) + 1)
        bad[0][2] = bad[-1][2] = "0002"
        document.segments[start:start] = bad
        document.one("GE")[1] = "2"
        return document.octets()
    if "line_status" not in document.columns or not document.rows:
        return b""
    bad_row = list(document.rows[0])
    bad_row[0], bad_row[document.place("line_status")] = f"{bad_row[0]}X", "ZQ"
    document.rows.insert(0, bad_row)
    document.recount()
    return document.octets()
