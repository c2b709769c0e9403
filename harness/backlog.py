"""How many effects were due, over time, in as many columns as fit a small picture."""

from __future__ import annotations

from itertools import zip_longest

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

    def take_in(self, other: Backlog) -> None:
        """Take in another one of the same time: of the two the greater counts."""
        column_s, columns = other.column_s, other.columns
        while self.column_s < column_s:
            self._widen()
        while column_s < self.column_s:
            column_s, columns = 2 * column_s, _halved(columns)
        self.columns = [max(pair) for pair in zip_longest(self.columns, columns, fillvalue=0)]
        self.most = max(self.most, other.most)

    def _reach(self, wire_s: float) -> None:
        while wire_s >= self.column_s * COLUMNS:
            self._widen()
        while len(self.columns) <= int(wire_s / self.column_s):
            self.columns.append(self.now)

    def _widen(self) -> None:
        self.column_s, self.columns = 2 * self.column_s, _halved(self.columns)


def _halved(columns: list[int]) -> list[int]:
    return [max(pair) for pair in zip_longest(columns[::2], columns[1::2], fillvalue=0)]
