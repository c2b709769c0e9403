"""What partners bring: from the last close of a file to its place in the archive.

A file that was taken and archived is not moved away while the partner that brought it is still connected, for a short
grace: some clients (paramiko's `put`) look once more at what they wrote, and would report a failed upload and send it
again. Until then it can be read and listed; whoever wants to change it finds that it is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from ...clock import Timer
from .layout import Folder
from .mailbox import Arrival, Arrived, FileEvent, NotThere, Withdrawn
from .path import name_of, parent_of
from .provider import Provider
from .status import FileRefused, Status
from .storage import Storage


@dataclass(frozen=True, slots=True)
class Author:
    """Who did something to a file: the account, the exchange in the journal, and the session (numbered from 1)."""

    user: str
    exchange: int
    session: int


NOBODY = Author("", 0, 0)


@dataclass(frozen=True, slots=True)
class Whole:
    """A file that nobody writes any more: what is in it, and who finished it, when (wire)."""

    octets: int
    sha256: str
    author: Author
    at_s: float


@dataclass(slots=True)
class _Leaving:
    """An arrival that is done with, and goes to `folder` once nobody may look for it any more."""

    arrival: Arrival
    folder: Folder
    reason: str
    timer: Timer


class Inbox:
    """The inbound folder of one mailbox. `tell` gets the events, `tuck_away` moves a file with its reason, if any."""

    def __init__(
        self,
        provider: Provider,
        storage: Storage,
        tell: Callable[[FileEvent], None],
        tuck_away: Callable[[Arrival, Folder, str], None],
    ) -> None:
        self._provider = provider
        self._storage = storage
        self._tell = tell
        self._tuck_away = tuck_away
        self._whole: dict[str, Whole] = {}  # by path: complete as a file, but not yet (or never) an arrival
        self._waiting: dict[str, Arrival] = {}  # by path: not taken yet
        self._taken: dict[str, Arrival] = {}
        self._leaving: dict[str, _Leaving] = {}
        self._origin: dict[int, Whole] = {}  # by number of an arrival that is not gone yet
        self._arrivals = 0
        self.sessions: set[int] = set()

    def incoming(self) -> tuple[Arrival, ...]:
        return tuple(self._waiting.values())

    def completed(self, path: str, whole: Whole, *, renamed: bool) -> None:
        """A file is closed, or has got its name by a rename from a temporary one; see whether that makes an arrival."""
        rule = self._provider.completion
        self._whole[path] = whole
        if rule.is_temporary(path) or (rule.by == "rename" and not renamed):
            return
        if rule.by != "trigger":
            self._arrive(path, "")
        elif rule.is_trigger(path):
            if data := self._meant_by(path):
                self._arrive(data, path)
        elif trigger := next((each for each in rule.triggers_of(path) if each in self._whole), ""):
            self._arrive(path, trigger)

    def touch(self, path: str) -> None:
        """The partner is about to change what has this name: what was done with is gone now, what was not is withdrawn.

        Raises: FileRefused when the provider is at work on it.
        """
        self.settle(path)
        self.check_free(path)
        self._whole.pop(path, None)
        arrival = self._waiting.pop(path, None)
        if arrival is not None:
            del self._origin[arrival.number]
            self._tell(Withdrawn(arrival))

    def settle(self, path: str) -> None:
        """What is done with and only still to be seen goes to its place."""
        self._leave(path)

    def check_free(self, path: str) -> None:
        """Raises: FileRefused when the provider is at work on what has this name."""
        if path in self._taken:
            raise FileRefused(Status.FAILURE, "the file is being processed")

    def known(self, path: str) -> Whole | None:
        """What is known of a complete file that is not taken."""
        arrival = self._waiting.get(path)
        return self._whole.get(path) if arrival is None else self._origin[arrival.number]

    def take(self, arrival: Arrival) -> BinaryIO:
        if self._waiting.get(arrival.path) is not arrival:
            raise NotThere(f"{arrival.path} was withdrawn, or taken before")
        stream = self._storage.reader(arrival.path)
        del self._waiting[arrival.path]
        self._taken[arrival.path] = arrival
        return stream

    def dispose(self, arrival: Arrival, folder: Folder, reason: str) -> None:
        if self._taken.get(arrival.path) is not arrival:
            raise NotThere(f"{arrival.path} was not taken")
        del self._taken[arrival.path]
        origin = self._origin[arrival.number]
        clock = self._provider.clock
        left_s = origin.at_s + self._provider.grace_s - clock.wire() if origin.author.session in self.sessions else 0.0
        timer = clock.after(max(0.0, left_s), lambda: self._leave(arrival.path, arrival))
        self._leaving[arrival.path] = _Leaving(arrival, folder, reason, timer)
        if left_s <= 0:
            self._leave(arrival.path)

    def session_ended(self, session: int) -> None:
        """Nobody of it can look for a file any more."""
        self.sessions.discard(session)
        for path, leaving in list(self._leaving.items()):
            if self._origin[leaving.arrival.number].author.session == session:
                self._leave(path)

    def close(self) -> None:
        """Whatever is done with goes to its place now."""
        for path in list(self._leaving):
            self._leave(path)

    def _arrive(self, path: str, trigger: str) -> None:
        whole = self._whole.pop(path)
        self._whole.pop(trigger, None)
        self._arrivals += 1
        arrival = Arrival(
            number=self._arrivals,
            name=name_of(path),
            path=path,
            octets=whole.octets,
            sha256=whole.sha256,
            user=whole.author.user,
            at=self._provider.clock.now(),
            exchange=whole.author.exchange,
            trigger=trigger,
        )
        self._waiting[path] = arrival
        self._origin[arrival.number] = whole
        self._tell(Arrived(arrival))

    def _meant_by(self, trigger: str) -> str:
        rule, folder = self._provider.completion, parent_of(trigger)
        for path in self._whole:
            if parent_of(path) == folder and not rule.is_temporary(path) and rule.is_meant(trigger, path):
                return path
        return ""

    def _leave(self, path: str, arrival: Arrival | None = None) -> None:
        """Move it to its place; only if it is still that arrival which has the name."""
        leaving = self._leaving.get(path)
        if leaving is None or (arrival is not None and leaving.arrival is not arrival):
            return
        del self._leaving[path]
        leaving.timer.cancel()
        del self._origin[leaving.arrival.number]
        try:
            self._tuck_away(leaving.arrival, leaving.folder, leaving.reason)
        except FileRefused as refused:  # the file was taken away behind our back, and mostly a timer is who asks
            self._provider.report(f"{self._provider.name}, {path} to {leaving.folder.name}: {refused}")
