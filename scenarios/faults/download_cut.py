"""download-cut: the connection is lost in the middle of a download."""

from __future__ import annotations

from ...simulators.channels.sftp.interference import CutTransfer, FileMessage
from ..fault import faults
from ..file_fault import FetchFault


@faults.register("download-cut")
class DownloadCut(FetchFault):
    """The connection is lost when `octets` of the addressed document have been read; a shorter one passes.

    The file is still there. A layer must not act upon half of it, nor put it away, and must fetch it once more, whole
    (E3, Q1).
    """

    octets: int = 200

    def opened(self, message: FileMessage) -> CutTransfer:
        return CutTransfer(self.octets, "download-cut")
