"""wrong-number: the trailer of a document bears another control number than its header."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from ...simulators.channels.files.interference import DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import AlteringFault

if TYPE_CHECKING:
    from ..altered.csv_file import CsvFile
    from ..altered.interchange import Interchange

TRAILERS = {"set": "SE", "group": "GE", "interchange": "IEA"}
NUMBER = 2  # the element of each that repeats the number of its header


@faults.register("wrong-number")
class WrongNumber(AlteringFault, kw_only=True):
    """The trailer of the addressed document bears another control number than its header: that of its set (SE02), its
    group (GE02) or its interchange (IEA02).

    A defect: the end of one document may stand behind the begin of another. A layer must not act upon it, must refuse
    it (997 with set error 3, group error 4) where there is such an answer, and tell people (E3).
    """

    unfit: ClassVar[bool] = True
    channels: ClassVar[frozenset[str]] = frozenset({"x12"})

    of: Literal["set", "group", "interchange"]

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        return self.spoilt("wrong-number", message)

    def alter(self, document: Interchange | CsvFile) -> str:
        from ..altered.interchange import Interchange

        if not isinstance(document, Interchange):
            return ""
        trailer = document.one(TRAILERS[self.of])
        before = trailer[NUMBER]
        trailer[NUMBER] = str(int(before) + 1).zfill(len(before))
        return f"{trailer[0]}{NUMBER:02} is {trailer[NUMBER]} instead of {before}"
