"""decimal-comma: the numbers of a CSV file are written in another country's way."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...simulators.channels.files.interference import DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import AlteringFault

if TYPE_CHECKING:
    from ..altered.csv_file import CsvFile
    from ..altered.interchange import Interchange


@faults.register("decimal-comma")
class DecimalComma(AlteringFault):
    """The numbers in `column` of the addressed file have a decimal comma and three decimals: 4 is 4,000. Somebody at
    the warehouse has opened it in a spreadsheet and saved it.

    A defect, for the layout says otherwise: 4,000 may be four or four thousand. A layer must not guess, and must tell
    people (E3, Q1).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"csv"})

    column: str = "qty_shipped"

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        return self.spoilt("decimal-comma", message)

    def alter(self, document: Interchange | CsvFile) -> str:
        from ..altered.csv_file import CsvFile

        if not isinstance(document, CsvFile) or self.column not in document.columns:
            return ""
        place = document.place(self.column)
        for row in document.rows:
            whole, _, decimals = row[place].partition(".")
            row[place] = f"{whole},{decimals:0<3}"
        return f"{self.column} has a decimal comma"
