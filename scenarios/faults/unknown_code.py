"""unknown-code: a document says something in a code that nobody has agreed upon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...simulators.channels.files.interference import DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import AlteringFault

if TYPE_CHECKING:
    from ..altered.csv_file import CsvFile
    from ..altered.interchange import Interchange

# Set → segment and element, and layout → column, in which it says the status of a line or the step of a parcel.
ELEMENTS = {"945": ("W12", 1), "214": ("AT7", 1)}
COLUMNS = {"ship_confirm": "line_status", "tracking": "milestone"}


@faults.register("unknown-code")
class UnknownCode(AlteringFault):
    """The addressed ship notice or tracking message says the status of its lines, or the step of its parcel, in a code
    that is not in the contract (W1201, AT701, line_status, milestone).

    A defect: the code may mean that nothing was shipped. A layer must not take it for the usual one (F1), must refuse
    it where there is such an answer (997 with element error 7), and tell people (E3). Have it strike where the usual
    one is wrong, a shipment that is closed short: a layer that takes it for "complete" where it is so is right by
    chance, and nobody can tell.
    """

    code: str = "ZQ"

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        return self.spoilt("unknown-code", message)

    def alter(self, document: Interchange | CsvFile) -> str:
        from ..altered.interchange import Interchange

        if isinstance(document, Interchange):
            name, element = ELEMENTS.get(document.one("ST")[1], ("", 0))
            for segment in document.all(name):
                segment[element] = self.code
            return f"{name}{element:02} is {self.code}" if name else ""
        column = COLUMNS.get(document.header[1], "")
        if column:
            document.fill(column, self.code)
        return f"{column} is {self.code}" if column else ""
