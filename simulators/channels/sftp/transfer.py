"""An open file of one session: what has passed through it, and what faults and the connection make of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...clock import Clock
from ..http.waiting import pause
from .interference import CutTransfer, SlowTransfer
from .status import ConnectionCut, FileRefused, Status
from .step import TransferEffect
from .storage import StoredFile
from .upload import Upload


@dataclass(slots=True)
class Transfer:
    """A handle to a file, opened under `path`; `upload` where it may be written, `readable` where it may be read.

    `exchange` is its own in the journal. `passed` octets went through it either way; `began`, `reached`: from where to
    where it was read without a gap.
    """

    path: str
    file: StoredFile
    exchange: int
    upload: Upload | None = None
    readable: bool = True
    appends: bool = False
    effect: TransferEffect | None = None
    reads: int = 0
    writes: int = 0
    received: int = 0
    sent: int = 0
    began: int | None = None
    reached: int = 0
    passed: int = field(default=0, init=False)

    async def read(self, offset: int, octets: int, clock: Clock) -> bytes:
        """Raises: FileRefused EOF at the end, ConnectionCut when a fault has it."""
        if not self.readable:
            raise FileRefused(Status.PERMISSION_DENIED, "the file was not opened for reading")
        if isinstance(self.effect, CutTransfer):
            left = self.effect.octets - self.passed
            if left <= 0:
                raise ConnectionCut(self.effect.fault)
            octets = min(octets, left)
        data = self.file.read(offset, octets)
        if not data:
            raise FileRefused(Status.EOF, "end of file")
        await self._pass(len(data), clock)
        self.sent += len(data)
        if self.began is None:
            self.began = self.reached = offset
        if offset <= self.reached:
            self.reached = max(self.reached, offset + len(data))
        return data

    async def write(self, offset: int, data: bytes, clock: Clock) -> None:
        """Raises: FileRefused, ConnectionCut when a fault has it: what comes before the cut is written.

        After one refused write every other is refused too: some clients (OpenSSH's, with writes under way) look only
        at the last answer.
        """
        if self.upload is None:
            raise FileRefused(Status.PERMISSION_DENIED, "the file was not opened for writing")
        if self.upload.flaw:
            raise FileRefused(Status.FAILURE, self.upload.flaw)
        if self.appends:
            offset = self.file.octets()
        kept = data
        if isinstance(self.effect, CutTransfer):
            kept = data[: max(0, self.effect.octets - self.passed)]
        await self._pass(len(kept), clock)
        self.upload.write(offset, kept)
        self.received += len(kept)
        if isinstance(self.effect, CutTransfer) and len(kept) < len(data):
            raise ConnectionCut(self.effect.fault)

    def is_whole(self) -> bool:
        """Whether all of it was read."""
        octets = self.file.octets()
        return not octets or (self.began == 0 and self.reached >= octets)

    async def _pass(self, octets: int, clock: Clock) -> None:
        """Let so many octets through, as fast as a fault allows."""
        self.passed += octets
        if isinstance(self.effect, SlowTransfer):
            await pause(clock, octets / self.effect.octets_per_s)
