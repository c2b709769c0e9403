"""Where faults get in: the points at which a file server asks whether something is to go wrong with this very step.

In the spirit of simulators/interference.py: the server knows only these few effects; which fault has which effect on
which file is the scenario engine's business. The names of the methods differ from those over there, so that one
object can be both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from ...interference import Delay
from .status import Status

# open: a handle is asked for, to write or to read (`direction` says which); close ends it.
Operation = Literal["login", "list", "stat", "open", "write", "read", "close", "rename", "remove", "deposit"]
Direction = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class FileMessage:
    """A step of a partner, or a file that the provider is about to put out for it (`deposit`).

    `direction` is `in` for what goes from the partner to the provider, and `out` for the rest. `path` is the file or
    folder, `target` the new path of a rename. `nth` counts from 1: for `write` and `read` within the handle, else how
    often this account has asked for this operation. `order_id` is what the provider said a deposit is about, ""
    otherwise: names of files say nothing here. `marks` is room for whoever interferes to remember the step by.
    """

    direction: Direction
    party: str
    user: str
    operation: Operation
    path: str = ""
    target: str = ""
    nth: int = 1
    order_id: str = ""
    marks: list[object] = field(default_factory=list, compare=False)


@dataclass(frozen=True, slots=True)
class Refuse:
    """Say no. Before the step nothing happens; after it, it has happened and the partner is misled.

    Upon a refused `write` or `close` the file counts as broken off, as it would with a full disk.
    """

    fault: str
    status: Status = Status.FAILURE
    text: str = "Failure"


@dataclass(frozen=True, slots=True)
class HangUp:
    """Drop the connection, before the step or after it: then it has happened and the partner can't know."""

    fault: str


@dataclass(frozen=True, slots=True)
class CutTransfer:
    """To `open` only: drop the connection once so many octets have passed through this handle."""

    octets: int
    fault: str


@dataclass(frozen=True, slots=True)
class SlowTransfer:
    """To `open` only: let no more than so many octets a second on the wire pass through this handle."""

    octets_per_s: float
    fault: str


@dataclass(frozen=True, slots=True)
class Vanish:
    """To `open`, `stat`, `rename` and `remove` of a file: it is moved to the archive just before, so it is not there
    any more though a listing had it.
    """

    fault: str


FileEffect = Delay | Refuse | HangUp | CutTransfer | SlowTransfer | Vanish


@dataclass(frozen=True, slots=True)
class Placement:
    """One appearance of a deposited file in place of the normal one, `after` wire seconds.

    `name` is another name for it (None: its own; what has that name already is replaced). `octets` cuts the content;
    with `rest_after` the rest is appended so much later, though the file has its final name from the start.
    """

    after: float = 0.0
    name: str | None = None
    octets: int | None = None
    rest_after: float | None = None


@dataclass(frozen=True, slots=True)
class Placements:
    """What becomes of a deposited file instead of appearing once and whole: twice, later, empty, cut, never."""

    fault: str
    placements: tuple[Placement, ...] = ()


class FileInterference(Protocol):
    """Whoever may break things. Asked for every step; answers None to leave it alone."""

    def before_step(self, message: FileMessage) -> FileEffect | None:
        """The request is understood and allowed, and nothing has been done yet."""

    def after_step(self, message: FileMessage, status: Status) -> FileEffect | None:
        """It has been carried out with this outcome; the answer is not sent yet."""

    def deposit(self, message: FileMessage) -> Placements | None:
        """The provider is about to put out a file."""


class NoFileInterference:
    """The healthy world."""

    def before_step(self, message: FileMessage) -> FileEffect | None:
        return None

    def after_step(self, message: FileMessage, status: Status) -> FileEffect | None:
        return None

    def deposit(self, message: FileMessage) -> Placements | None:
        return None
