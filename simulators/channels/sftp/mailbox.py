"""The provider's side of a mailbox: what a channel that speaks in files (X12, CSV) needs to know, and no more.

Nothing here knows of SSH. A mailbox may be served by a real server or stand alone in a world of virtual time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal, Protocol


@dataclass(frozen=True, slots=True)
class Arrival:
    """A complete file that a partner brought. Every completion is an arrival of its own, with the digest of what is in
    it: whether the same name or the same content was there before is for the reader to judge.

    `number` counts the arrivals of a mailbox from 1, `exchange` is that of the upload or rename in the journal, `at`
    business time. `trigger` is the path of its trigger file, "" without one.
    """

    number: int
    name: str
    path: str
    octets: int
    sha256: str
    user: str
    at: datetime
    exchange: int
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file is complete, and can be taken."""

    arrival: Arrival


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """An upload ended before the file was complete. What came of it stays where it is and is never handed on."""

    path: str
    user: str
    octets: int
    why: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The partner removed, renamed or overwrote a file that was complete and not taken yet."""

    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Fetched:
    """The partner read a file that the provider had put out; `whole` from first octet to last, and closed."""

    path: str
    user: str
    octets: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """The partner removed a file that the provider had put out."""

    path: str
    user: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The partner moved a file that the provider had put out, as to the archive."""

    path: str
    target: str
    user: str


FileEvent = Arrived | BrokenOff | Withdrawn | Fetched | Removed | Moved
Listener = Callable[[FileEvent], None]


class NotThere(Exception):
    """The arrival can't be had: the partner has withdrawn it, or it was taken already."""


class Mailbox(Protocol):
    """One partner's folders, as the provider uses them. It never waits."""

    @property
    def partner(self) -> str:
        """Whose mailbox it is."""

    def incoming(self) -> tuple[Arrival, ...]:
        """What is complete and not taken, in the order in which it was completed."""

    def take(self, arrival: Arrival) -> BinaryIO:
        """Claim a file and read it: nobody else can take it any more, and the partner can't change it.

        Raises: NotThere.
        """

    def archive(self, arrival: Arrival) -> None:
        """A taken file is done with. A name that the archive has already gets a number.

        Raises: NotThere when it was not taken.
        """

    def reject(self, arrival: Arrival, reason: str) -> None:
        """A taken file is not accepted: it goes to the error folder, with the reason in a text file beside it.

        Raises: NotThere when it was not taken.
        """

    def deposit(
        self,
        name: str,
        content: bytes,
        *,
        order_id: str = "",
        correlation: str = "",
        folder: Literal["outbound", "error"] = "outbound",
        replace: bool = False,
    ) -> int:
        """Put a file out for the partner, there at once and whole; the number of its exchange in the journal.

        Raises: FileRefused when the name is taken (unless `replace`) or none that can be used, or nothing fits in.
        """

    def listen(self, listener: Listener) -> None:
        """Be told of everything that the partner does from now on, in order, as it happens."""
