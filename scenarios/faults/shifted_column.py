"""shifted-column: the cells of a CSV file stand one column too far to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...simulators.channels.files.interference import DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import AlteringFault

if TYPE_CHECKING:
    from ..altered.csv_file import CsvFile
    from ..altered.interchange import Interchange


@faults.register("shifted-column")
class ShiftedColumn(AlteringFault):
    """In the addressed file a cell too many stands in each row at `column`, as when a text with a comma in it was
    written without quotes: all that follows has moved one column to the right.

    A defect. A layer must see that the row has more cells than there are columns, must not take the next cell for this
    one, and must tell people (E3, F1).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"csv"})

    column: str = "carrier_name"
    text: str = "Inc."

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        return self.spoilt("shifted-column", message)

    def alter(self, document: Interchange | CsvFile) -> str:
        from ..altered.csv_file import CsvFile

        if not isinstance(document, CsvFile) or self.column not in document.columns:
            return ""
        for row in document.rows:
            row.insert(document.place(self.column) + 1, self.text)
        return f"a cell too many after {self.column}"
