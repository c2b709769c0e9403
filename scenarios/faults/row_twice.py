"""row-twice: a row of a CSV file stands in it two times."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.channels.files.interference import Appearance, DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import DocumentFault


@faults.register("row-twice")
class RowTwice(DocumentFault):
    """The first row of the addressed file stands in it two times, letter for letter, and the trailer counts both: a
    query at the warehouse has joined a table too many.

    No defect, as far as the file's form goes: nothing is wrong with its totals. A layer must know by what is in the row
    (shipment, line and package) that it says nothing new, and must not add it up (Q1, M1).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"csv"})

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        from ..altered.csv_file import CsvFile
        from ..altered.document import opened

        document = opened(message.content)
        if not isinstance(document, CsvFile) or not document.rows:
            return None
        document.rows.insert(0, list(document.rows[0]))
        document.recount()
        return DocumentEffect("row-twice", "its first row stands there twice", (Appearance(content=document.octets()),))
