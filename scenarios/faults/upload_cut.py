"""upload-cut: the connection is lost in the middle of an upload."""

from __future__ import annotations

from ...simulators.channels.sftp.interference import CutTransfer, FileMessage
from ..fault import faults
from ..file_fault import ServerFault


@faults.register("upload-cut")
class UploadCut(ServerFault):
    """From the first event of type `begins_with` on, the connection is lost at octet `octets` of the next `times`
    uploads; a shorter file passes.

    What came of the file lies there, and has no end mark. A layer must put it there once more, whole, under the same
    number (E1), and take it for sent only then (E3).
    """

    octets: int = 200
    times: int = 1

    def step(self, message: FileMessage, struck: int) -> CutTransfer | None:
        mine = message.operation == "open" and message.direction == "in"
        return CutTransfer(self.octets, "upload-cut") if mine and struck < self.times else None
