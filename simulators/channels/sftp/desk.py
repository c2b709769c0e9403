"""Where one session of a partner sits: its mailbox, its account, and what it has open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from .inbox import Author
from .layout import REFUSALS, Right
from .partner_mailbox import PartnerMailbox
from .path import canonical, resolve, shown
from .record import FileRecord
from .request import Attributes
from .status import FileRefused, Status
from .step import Steps
from .transfer import Transfer


@dataclass(slots=True)
class Listing:
    """A handle to a folder; each name is told once, and looked at when it is told."""

    path: str
    names: Iterator[str]


@dataclass(slots=True)
class Desk:
    """`session` numbers the sessions of a provider from 1. `counts` is how often what was asked, for the record."""

    mailbox: PartnerMailbox
    user: str
    session: int
    steps: Steps
    handles: dict[int, Transfer | Listing] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    _given: int = 0

    @property
    def record(self) -> FileRecord:
        return self.mailbox.provider.record

    def author(self, exchange: int) -> Author:
        return Author(self.user, exchange, self.session)

    def path(self, raw: bytes) -> str:
        """Raises: FileRefused when it is none that can be used."""
        return resolve(raw, self.mailbox.provider.limits)

    def told(self, raw: bytes) -> str:
        """The path for a record: canonical where it is one, else as it was sent."""
        try:
            return canonical(raw, self.mailbox.provider.limits)
        except FileRefused:
            return shown(raw)

    def require(self, path: str, right: Right) -> None:
        """Raises: FileRefused when the partner may not do that there."""
        if right not in self.mailbox.provider.layout.rights(path):
            raise FileRefused(Status.PERMISSION_DENIED, f"you may not do that: {REFUSALS[right]}")

    def check_room_for_handle(self) -> None:
        """Raises: FileRefused when the session has too many open."""
        limit = self.mailbox.provider.limits.handles
        if len(self.handles) >= limit:
            raise FileRefused(Status.FAILURE, f"there are {limit} handles open already: close some")

    def keep(self, opened: Transfer | Listing) -> int:
        """The handle of something opened."""
        self._given += 1
        self.handles[self._given] = opened
        return self._given

    def transfer(self, handle: int) -> Transfer:
        """Raises: FileRefused when the handle is none of an open file."""
        found = self.handles.get(handle)
        if not isinstance(found, Transfer):
            raise FileRefused(Status.FAILURE, "no such handle")
        return found

    def listing(self, handle: int) -> Listing:
        """Raises: FileRefused when the handle is none of an open folder."""
        found = self.handles.get(handle)
        if not isinstance(found, Listing):
            raise FileRefused(Status.FAILURE, "no such handle")
        return found

    def attributes(self, path: str) -> Attributes:
        """Raises: FileRefused NO_SUCH_FILE."""
        found = self.mailbox.find(path)
        rights = self.mailbox.provider.layout.rights(f"{path}/*" if found.folder else path)
        if found.folder:
            mode = 0o40755 if rights & {"write", "enter"} else 0o40555
        else:
            mode = 0o100644 if "write" in rights else 0o100444
        return Attributes(found.octets, _OWNER, mode, (found.mtime, found.mtime))


# Nobody of the machine: a partner sees one owner, itself.
_OWNER = (1000, 1000)
