"""number-reused: a new document comes under the number of an old one."""

from __future__ import annotations

from ...simulators.channels.files.interference import Appearance, DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import DocumentFault


@faults.register("number-reused")
class NumberReused(DocumentFault):
    """The addressed document is put out `after_h` business hours late under the number (ISA13 and GS06, or the sequence
    number) of the one of its kind before it, and says something else. Where there is none before it, nothing happens.
    `again_h` business hours after it was written the warehouse tells the same under a number of its own; never with
    null.

    A defect. A layer must not take it for the old document and put it away unread: it must refuse it, or read it, and
    tell people (E3).
    """

    after_h: float = 24.0
    again_h: float | None = 72.0

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        if message.previous is None:
            return None
        old = message.previous
        content = _renumbered(message.content, old.number)
        spoilt = Appearance(self.after_h, behind=old.name, content=content, tells=False)
        return DocumentEffect("number-reused", f"under number {old.number} again", (spoilt,), self.again_h)


def _renumbered(content: bytes, number: int) -> bytes:
    from ..altered.csv_file import SEQUENCE, CsvFile
    from ..altered.interchange import Interchange

    if content.startswith(b"ISA"):
        interchange = Interchange.of(content)
        interchange.renumber(number)
        return interchange.octets()
    file = CsvFile.of(content)
    file.header[SEQUENCE] = str(number)
    return file.octets()
