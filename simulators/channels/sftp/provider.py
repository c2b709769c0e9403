"""What all mailboxes of one provider share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ...clock import Clock
from ...journal import Journal
from .completion import Completion
from .interference import FileInterference, NoFileInterference
from .layout import Layout
from .limits import Limits
from .record import FileRecord

# Some clients look once more at what they have just written, and take a file that is gone for a failed upload.
GRACE_S = 2.0


@dataclass(slots=True)
class Provider:
    """One party as an owner of mailboxes. `grace_s`: how long, in seconds on the wire, a file that was taken stays to
    be seen while the partner that brought it is still connected. `report` is told of mistakes of our own.
    """

    name: str
    clock: Clock
    journal: Journal
    report: Callable[[str], None]
    layout: Layout = field(default_factory=Layout)
    limits: Limits = field(default_factory=Limits)
    completion: Completion = field(default_factory=Completion)
    interference: FileInterference = field(default_factory=NoFileInterference)
    grace_s: float = GRACE_S
    record: FileRecord = field(init=False)

    def __post_init__(self) -> None:
        self.record = FileRecord(self.journal, self.name)

    def mtime(self) -> int:
        """Seconds since the epoch, as a file gets them that is written now."""
        return int(self.clock.unix())
