"""How many effects were due, over time, in as many columns as fit a small picture."""

from __future__ import annotations

from itertools import pairwise

COLUMNS = 60


class Backlog:
    """Counts up and down; `columns` are the most in each `column_s` seconds, of which there are never more than
    `COLUMNS`: when the run goes on, each takes in its neighbour.
    """

    def __init__(self) -> None:
        self.now = self.most = 0
        self.column_s = 0.25
        self.columns: list[int] = []

    def change(self, step: int, wire_s: float) -> None:
        self._reach(wire_s)
        self.now += step
        self.most = max(self.most, self.now)
        self.columns[-1] = max(self.columns[-1], self.now)

    def _reach(self, wire_s: float) -> None:
        while wire_s >= self.column_s * COLUMNS:
            self.column_s *= 2
            halves = [*self.columns, 0] if len(self.columns) % 2 else self.columns
            self.columns = [max(pair) for pair in list(pairwise(halves))[::2]]
        while len(self.columns) <= int(wire_s / self.column_s):
            self.columns.append(self.now)
