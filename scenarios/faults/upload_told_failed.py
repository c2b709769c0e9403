"""upload-told-failed: an upload is done, and the layer is told that it failed."""

from __future__ import annotations

from typing import Literal

from ...simulators.channels.sftp.interference import FileEffect, FileMessage, HangUp, Refuse
from ..fault import faults
from ..file_fault import AnswerFault


@faults.register("upload-told-failed")
class UploadToldFailed(AnswerFault):
    """The addressed file has arrived and was taken, but the answer to the last step of its upload is an error, or the
    connection ends without one.

    The layer can't know. A layer must not send the order once more under a new number, or must know the refusal of the
    second for what it is (E1); and it may not give the order to another warehouse meanwhile (Q2).
    """

    how: Literal["refused", "hung-up"] = "hung-up"

    def answered(self, message: FileMessage) -> FileEffect:
        return HangUp("upload-told-failed") if self.how == "hung-up" else Refuse("upload-told-failed")
