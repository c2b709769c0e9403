"""line-break-in-cell: a cell of a CSV file goes on in the next line."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.channels.files.interference import Appearance, DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import DocumentFault


@faults.register("line-break-in-cell")
class LineBreakInCell(DocumentFault):
    """In each row of the addressed file a text with line breaks, a comma and quotes in it stands in `column`, which
    allows that, quoted as RFC 4180 says.

    No defect: somebody has written a remark of two lines. A layer must not take each line for a record (E3, S1).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"csv"})

    column: str = "remark"
    text: str = 'left with "Meyer",\nsecond door'

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        from ..altered.csv_file import CsvFile
        from ..altered.document import opened

        document = opened(message.content)
        if not isinstance(document, CsvFile) or self.column not in document.columns:
            return None
        document.fill(self.column, self.text)
        how = f"{self.column} goes over several lines"
        return DocumentEffect("line-break-in-cell", how, (Appearance(content=document.octets()),))
