"""wrong-encoding: a CSV file is not in the agreed encoding."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.channels.files.interference import Appearance, DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import DocumentFault


@faults.register("wrong-encoding")
class WrongEncoding(DocumentFault):
    """The addressed file is written in `encoding` instead of UTF-8, and the first cell of `column` says `text`, which
    differs in it. `again_h` business hours later the warehouse tells the same in a new file; never with null.

    A defect. A layer must not act upon what it can't read, or put question marks where letters were (F1), and must tell
    people (E3).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"csv"})

    encoding: str = "windows-1252"
    column: str = "carrier_name"
    text: str = "Spedition Müller"
    again_h: float | None = 24.0

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        from ..altered.csv_file import CsvFile

        file = CsvFile.of(message.content)
        if self.column not in file.columns or not file.rows:
            return None
        file.fill(self.column, self.text)
        content = file.octets().decode().encode(self.encoding)
        spoilt = Appearance(content=content, tells=False)
        return DocumentEffect("wrong-encoding", f"in {self.encoding}", (spoilt,), self.again_h)
