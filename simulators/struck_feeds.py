"""What a fault does to events in the feed of a party that tells them nobody otherwise: they stand there late, twice, in
another order, or never.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..contracts.objects import CloudEvent
from .clock import Clock, Timer
from .party import Party


@dataclass(slots=True)
class StruckFeeds:
    """Takes an event out of its feed and puts its copies in when their time has come."""

    clock: Clock
    _waiting: dict[int, Timer] = field(default_factory=dict)
    _count: int = 0

    def strike(self, party: Party, event: CloudEvent, copies: Iterable[tuple[float, CloudEvent]]) -> None:
        """`event` is the newest of its feed; each copy is put in after so many wire seconds."""
        party.feed.retract(event)
        for after_s, copy in copies:
            if after_s <= 0:
                self._append(party, copy)
            else:
                self._append_later(after_s, party, copy)

    def pending(self) -> int:
        """Copies that are still to come."""
        return len(self._waiting)

    def drop_all(self) -> None:
        for timer in self._waiting.values():
            timer.cancel()
        self._waiting.clear()

    def _append(self, party: Party, event: CloudEvent) -> None:
        party.feed.append(event, self.clock.wire())

    def _append_later(self, after_s: float, party: Party, event: CloudEvent) -> None:
        number = self._count = self._count + 1

        def due() -> None:
            del self._waiting[number]
            self._append(party, event)

        self._waiting[number] = self.clock.after(after_s, due)
