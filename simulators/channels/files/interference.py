"""Where faults get in on documents: the points at which a party that speaks in files asks whether something is to go
wrong with this very one.

What travels is struck in ../sftp/interference.py, what it says is struck here. Again only the effects are known; which
fault has which effect on which document is the scenario engine's business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ...interference import Message
from ..sftp.interference import FileEffect, FileInterference, FileMessage, NoFileInterference, Placements
from ..sftp.status import Status


@dataclass(frozen=True, slots=True)
class DocumentMessage:
    """A document that is about to be put out: `content` as it would lie there under `name`.

    `names` are what it may be addressed by: its set or layout (`945`, `ship_confirm`), and the type of the event that
    it tells. `order_ids` are the orders that it is about, `about` what an event that names no order speaks of.
    `previous` is the last one of its kind that was put out, None without one.
    """

    party: str
    user: str
    names: tuple[str, ...]
    name: str
    content: bytes
    number: int
    order_ids: tuple[str, ...]
    about: tuple[str, ...]
    previous: PutOut | None


@dataclass(frozen=True, slots=True)
class PutOut:
    """A document that was put out before."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Appearance:
    """A file in the mailbox in place of a document, `after_h` business hours from now; what is None is the document's
    own.

    Under a name of its choosing it waits until the partner has put away what lies there, and `behind` another file
    until that has been read whole. `octets` cuts it; with
    `rest_after_s` the rest is appended so many wire seconds later, though the file has its final name from the start.
    `tells`: whether the partner can have from it what the document says.
    """

    after_h: float = 0.0
    name: str | None = None
    behind: str | None = None
    content: bytes | None = None
    octets: int | None = None
    rest_after_s: float | None = None
    tells: bool = True


@dataclass(frozen=True, slots=True)
class DocumentEffect:
    """What becomes of a document instead of lying there at once, once and as it is. `how` says it in words.

    `again_h` so many business hours later it is told once more, as a new document under its next number; None: never.
    `unfit`: though it can be read, nobody may act upon it, because it says itself that it is not to be relied on.
    """

    fault: str
    how: str
    appearances: tuple[Appearance, ...] = ()
    again_h: float | None = None
    unfit: bool = False

    @property
    def tells(self) -> bool:
        """Whether the partner can have what the document says from anything that appears."""
        return any(appearance.tells for appearance in self.appearances)


@dataclass(frozen=True, slots=True)
class NotRead:
    """A request is answered as one that could not be read, and not carried out, whatever it is like. `whole`: it is the
    file that could not, with all that stands in it.
    """

    fault: str
    why: str = "it could not be read"
    whole: bool = False


@dataclass(frozen=True, slots=True)
class RefusedAfterwards:
    """A request is acknowledged as read, and refused with this problem code only `after_h` business hours later."""

    fault: str
    code: str
    detail: str
    after_h: float


ReadingEffect = NotRead | RefusedAfterwards


class MailInterference(FileInterference, Protocol):
    """Whoever may break things at a party that speaks in files; answers None to leave them alone."""

    def document(self, message: DocumentMessage) -> DocumentEffect | None:
        """A document is about to be put out."""

    def reading(self, message: Message) -> ReadingEffect | None:
        """A request stands in a file that came in, and nothing has been done yet."""


class NoMailInterference(NoFileInterference):
    """The healthy world."""

    def document(self, message: DocumentMessage) -> DocumentEffect | None:
        return None

    def reading(self, message: Message) -> ReadingEffect | None:
        return None


@dataclass(frozen=True, slots=True)
class Whoever:
    """Implements `FileInterference` for those who are made before anybody interferes: asks who does now."""

    now: Callable[[], MailInterference]

    def before_step(self, message: FileMessage) -> FileEffect | None:
        return self.now().before_step(message)

    def after_step(self, message: FileMessage, status: Status) -> FileEffect | None:
        return self.now().after_step(message, status)

    def deposit(self, message: FileMessage) -> Placements | None:
        return self.now().deposit(message)
