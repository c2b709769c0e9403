"""marked-as-test: a document of real business is marked as a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...simulators.channels.files.interference import DocumentEffect, DocumentMessage
from ..fault import faults
from ..file_fault import AlteringFault

if TYPE_CHECKING:
    from ..altered.csv_file import CsvFile
    from ..altered.interchange import Interchange

USAGE = 15


@faults.register("marked-as-test")
class MarkedAsTest(AlteringFault):
    """The addressed interchange has the usage indicator T (ISA15): the warehouse has left its translator in test mode,
    or a test file has gone astray.

    A defect. A layer must not book what may be a test, and must tell people, for it may be none (E3).
    """

    unfit: ClassVar[bool] = True
    channels: ClassVar[frozenset[str]] = frozenset({"x12"})

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        return self.spoilt("marked-as-test", message)

    def alter(self, document: Interchange | CsvFile) -> str:
        from ..altered.interchange import Interchange

        if not isinstance(document, Interchange):
            return ""
        document.one("ISA")[USAGE] = "T"
        return "marked as a test (ISA15 T)"
