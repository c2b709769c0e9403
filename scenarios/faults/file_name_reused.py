"""file-name-reused: a new document comes under the name of an old one."""

from __future__ import annotations

from ...simulators.channels.files.interference import Appearance, DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import DocumentFault


@faults.register("file-name-reused")
class FileNameReused(DocumentFault):
    """The addressed document is put out, `after_h` business hours late, under the name of the one of its kind before
    it, which the layer has put away by then; it has a number of its own and says something new. Where there is none
    before it, nothing happens.

    Some warehouses name their files by the day, or not at all. A layer must know documents by what is in them and not
    by their names, or it takes news for old (E3).
    """

    after_h: float = 24.0

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        if message.previous is None:
            return None
        name = message.previous.name
        return DocumentEffect("file-name-reused", f"put out as {name}", (Appearance(self.after_h, name),))
