"""file-vanishes: a file is gone between listing and opening."""

from __future__ import annotations

from ...simulators.channels.sftp.interference import FileMessage, Vanish
from ..fault import faults
from ..file_fault import FetchFault


@faults.register("file-vanishes")
class FileVanishes(FetchFault):
    """The addressed document is in the listing and not there any more when it is opened; `back_after_s` seconds later
    it is there again, as when people at the warehouse take it in hand.

    A layer must take that for nothing special, go on with the other files, and fetch it when it is back (E3).
    """

    back_after_s: float = 0.5

    def opened(self, message: FileMessage) -> Vanish:
        return Vanish("file-vanishes", self.back_after_s)
