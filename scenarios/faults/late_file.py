"""late-file: a document comes late, after younger ones."""

from __future__ import annotations

from ...simulators.channels.files.interference import Appearance, DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import DocumentFault


@faults.register("late-file")
class LateFile(DocumentFault):
    """The addressed document is put out only `by_h` business hours after it was written, so that younger ones with
    higher numbers overtake it.

    A layer must neither hold back what came before its turn for ever, nor throw away what comes late (E3), and must
    show the newest truth and not the last that it heard (C3, S1). Of an acknowledgement it must bear that it takes its
    time.
    """

    by_h: float = 24.0

    def put_out(self, message: DocumentMessage) -> DocumentEffect:
        return DocumentEffect("late-file", f"put out {self.by_h:g} h late", (Appearance(self.by_h),))
