"""Ids that a pact has chosen: it asks for `CO-10042`, so the order of its state must get just that."""

from __future__ import annotations

from collections import deque

from ...simulators.ids import Ids


class ChosenIds(Ids):
    """Hands out what was chosen for a prefix first, in order, and goes on with its own."""

    def __init__(self, run: str, seed: int | str) -> None:
        super().__init__(run, seed)
        self._chosen: dict[str, deque[str]] = {}

    def choose(self, prefix: str, id: str) -> None:
        """Let this be the next key of its kind."""
        self._chosen.setdefault(prefix, deque()).append(id)

    def next(self, prefix: str) -> str:
        if chosen := self._chosen.get(prefix):
            return chosen.popleft()
        return super().next(prefix)
