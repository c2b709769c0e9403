"""half-file: a file has its name before it is whole."""

from __future__ import annotations

from ...simulators.channels.files.interference import Appearance, DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import DocumentFault


@faults.register("half-file")
class HalfFile(DocumentFault):
    """Only the first `octets` of the addressed document are there under its final name, none with 0; the rest follows
    `rest_after_s` seconds later on the wire. With null it never does: then the warehouse tells the same in a new
    document, `again_h` business hours later, or never.

    A layer must act upon a document only when it has seen its end (IEA, the trailer record) and leave the file where it
    is until then (Q1, E3). When it stays as it is a layer must tell people, and go on with the others.
    """

    octets: int = 300
    rest_after_s: float | None = 1.0
    again_h: float | None = None

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        if self.octets >= len(message.content):
            return None
        whole = self.rest_after_s is not None
        half = Appearance(octets=self.octets, rest_after_s=self.rest_after_s, tells=whole)
        how = f"{self.octets} octets of {len(message.content)}"
        return DocumentEffect("half-file", how, (half,), again_h=None if whole else self.again_h)
