"""upload-refused: the file server takes no file for a while."""

from __future__ import annotations

from typing import Literal

from ...simulators.channels.sftp.interference import FileMessage, Refuse
from ...simulators.channels.sftp.status import Status
from ..fault import faults
from ..file_fault import ServerFault

ANSWERS = {
    "permission": (Status.PERMISSION_DENIED, "Permission denied"),
    "quota": (Status.FAILURE, "Disk quota exceeded"),
}


@faults.register("upload-refused")
class UploadRefused(ServerFault):
    """From the first event of type `begins_with` on, the next `times` uploads are refused, for want of permission or of
    room (`why`), at the step `at`: when the file is opened, written, closed, or given its last name.

    A layer must look at the answer to each step, keep what it has, and try again (E3), without a second number for the
    same order (E1).
    """

    why: Literal["permission", "quota"] = "quota"
    at: Literal["open", "write", "close", "rename"] = "open"
    times: int = 2

    def step(self, message: FileMessage, struck: int) -> Refuse | None:
        mine = message.operation == self.at and message.direction == "in"
        return Refuse("upload-refused", *ANSWERS[self.why]) if mine and struck < self.times else None
