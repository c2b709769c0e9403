"""wrong-count: the trailer of a document says another number than there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from ...simulators.channels.files.interference import DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import AlteringFault

if TYPE_CHECKING:
    from ..altered.csv_file import CsvFile
    from ..altered.interchange import Interchange

SEGMENTS = {"set": "SE", "group": "GE", "interchange": "IEA"}  # each says its count in its first element
CELLS = {"rows": 1, "quantity": 2, "hash": 3}  # of the trailer record


@faults.register("wrong-count")
class WrongCount(AlteringFault, kw_only=True):
    """A count of the addressed document is one too high: of the segments in its set (SE01), the sets in its group
    (GE01) or the groups in its interchange (IEA01); in CSV that of the rows, the sum of the quantities, or the hash
    total.

    A defect: something was lost on the way, nobody knows what. A layer must not act upon it, must refuse it (997 with
    set error 4, group error 5) where there is such an answer, and tell people (E3).
    """

    unfit: ClassVar[bool] = True

    of: Literal["set", "group", "interchange", "rows", "quantity", "hash"]

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        return self.spoilt("wrong-count", message)

    def alter(self, document: Interchange | CsvFile) -> str:
        from ..altered.interchange import Interchange

        if isinstance(document, Interchange):
            segments = document.all(SEGMENTS.get(self.of, ""))
            return _raised(segments[0], 1) if segments else ""
        return _raised(document.trailer, CELLS[self.of]) if self.of in CELLS else ""


def _raised(record: list[str], place: int) -> str:
    """Add one to a count where there is one; in words what was done."""
    if len(record) <= place or not record[place].isdecimal():
        return ""
    before, record[place] = record[place], str(int(record[place]) + 1)
    return f"{record[0]} says {record[place]} instead of {before}"
