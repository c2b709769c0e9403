"""slow-download: a file comes in drops."""

from __future__ import annotations

from ...simulators.channels.sftp.interference import FileMessage, SlowTransfer
from ..fault import faults
from ..file_fault import FetchFault


@faults.register("slow-download")
class SlowDownload(FetchFault):
    """The addressed document comes at no more than `octets_per_s` octets a second on the wire.

    A layer must have patience or try again, and lose neither this file nor those behind it (E3).
    """

    octets_per_s: float = 500.0

    def opened(self, message: FileMessage) -> SlowTransfer:
        return SlowTransfer(self.octets_per_s, "slow-download")
