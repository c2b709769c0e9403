"""What happened in one wave of a run beside its orders: calls that failed one after the other, by party."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..simulators.journal import Entry
from . import entry_detail

BROKEN = frozenset({"500", "502", "503", "504"})
SHORTEST = 3  # streaks below that are nothing that a breaker would open at
LONGEST = 10_000


class Failure(NamedTuple):
    """A call that failed: its exchange, and when it was asked and answered, in wire seconds."""

    exchange: int
    asked_s: float
    answered_s: float


class Wave:
    """`streaks` are calls of the layer at one party that failed one after the other, with none between that went well;
    those of the party that still fails are the last.
    """

    def __init__(self) -> None:
        self.streaks: list[tuple[str, list[Failure]]] = []
        self._current: dict[str, list[Failure]] = {}
        self._asked: dict[int, float] = {}

    @property
    def current(self) -> Mapping[str, list[Failure]]:
        """The streaks that have not ended."""
        return self._current

    def asked(self, entry: Entry) -> None:
        self._asked[entry.seq] = entry.wire_s

    def answered(self, entry: Entry) -> None:
        """The answer to a call, or that there was none."""
        asked_s = self._asked.pop(entry.exchange, None)
        if asked_s is None:  # an event was answered, by the layer
            return
        if entry.kind == "info" or (entry.kind == "fail" and entry_detail.text(entry, "status") in BROKEN):
            streak = self._current.setdefault(entry.party, [])
            if len(streak) < LONGEST:
                streak.append(Failure(entry.exchange, asked_s, entry.wire_s))
        elif len(streak := self._current.pop(entry.party, [])) >= SHORTEST:
            self.streaks.append((entry.party, streak))

    def failing(self) -> list[tuple[str, list[Failure]]]:
        """Every streak, also those that last."""
        return [*self.streaks, *((party, streak) for party, streak in self._current.items() if len(streak) >= SHORTEST)]
