"""lost-file: a document never comes."""

from __future__ import annotations

from ...simulators.channels.files.interference import DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import DocumentFault


@faults.register("lost-file")
class LostFile(DocumentFault):
    """The addressed document is never put out. Its number is used up, so that the next one leaves a gap. `again_h`
    business hours later the warehouse tells the same in a new document; without it, never. With 0 only a number is
    skipped.

    A layer must go on with what comes after the gap, and have each effect once when it is told after all (E3). Of an
    acknowledgement that never comes it must not think that nothing happened (E1).
    """

    again_h: float | None = None

    def put_out(self, message: DocumentMessage) -> DocumentEffect:
        return DocumentEffect("lost-file", f"number {message.number} was never put out", again_h=self.again_h)
