"""columns-reordered: the columns of a CSV file stand in another order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...simulators.channels.files.interference import DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import AlteringFault

if TYPE_CHECKING:
    from ..altered.csv_file import CsvFile
    from ..altered.interchange import Interchange


@faults.register("columns-reordered")
class ColumnsReordered(AlteringFault):
    """In the addressed file `column` has changed places with the one behind it, its name in the second record and its
    cells in each row: somebody has edited the export.

    A defect, for the layout says the order. A layer must not take the cells by their places: it may read the file by
    its names, or refuse it and tell people (E3, F1). The next day the file comes as it was agreed.
    """

    channels: ClassVar[frozenset[str]] = frozenset({"csv"})

    column: str = "qty_ordered"

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        return self.spoilt("columns-reordered", message)

    def alter(self, document: Interchange | CsvFile) -> str:
        from ..altered.csv_file import CsvFile

        if not isinstance(document, CsvFile) or self.column not in document.columns[:-1]:
            return ""
        place = document.place(self.column)
        for record in (document.columns, *document.rows):
            record[place], record[place + 1] = record[place + 1], record[place]
        return f"{self.column} stands behind {document.columns[place]}"
