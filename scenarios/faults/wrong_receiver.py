"""wrong-receiver: a document is addressed to somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...simulators.channels.files.interference import DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import AlteringFault

if TYPE_CHECKING:
    from ..altered.csv_file import CsvFile
    from ..altered.interchange import Interchange

RECEIVER = 3  # cell of the header record
ISA_WIDTH = 15


@faults.register("wrong-receiver")
class WrongReceiver(AlteringFault):
    """The addressed document names `receiver` as the one that it is for (ISA08 and GS03, or the header record), though
    it lies in the layer's folder: the warehouse has put another partner's file there, or mistaken its settings.

    A defect. A layer must not act upon what is not for it (T1), and must tell people (E3).
    """

    unfit: ClassVar[bool] = True

    receiver: str = "OTHERSHOP"

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        return self.spoilt("wrong-receiver", message)

    def alter(self, document: Interchange | CsvFile) -> str:
        from ..altered.interchange import Interchange

        if isinstance(document, Interchange):
            document.one("ISA")[8] = f"{self.receiver:{ISA_WIDTH}}"
            for group in document.all("GS"):
                group[3] = self.receiver
        else:
            document.header[RECEIVER] = self.receiver
        return f"addressed to {self.receiver}"
