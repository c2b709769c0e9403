"""How often something was seen that the layer may count, as bounds: what it must have counted, and what it may have."""

from __future__ import annotations

from collections import deque

import msgspec

# What happens so shortly before a scrape may or may not be in it.
MARGIN_S = 0.2


class Bounds(msgspec.Struct, frozen=True):
    """At least, and at most; `open` counts reasons for which nobody can tell how much more it may be."""

    least: int = 0
    most: int = 0
    open: int = 0


class Tally:
    """Grows over a run, in fixed memory."""

    def __init__(self) -> None:
        self._bounds = Bounds()
        self._recent: deque[tuple[float, int, int]] = deque()

    def add(self, at_s: float, least: int, most: int) -> None:
        """Something was seen at that wire time; a correction subtracts."""
        before = self._bounds
        self._bounds = Bounds(before.least + least, before.most + most, before.open)
        self._recent.append((at_s, least, most))
        while self._recent and self._recent[0][0] < at_s - 2 * MARGIN_S:
            self._recent.popleft()

    def unbounded(self) -> None:
        """Something may have been counted that nobody could see."""
        before = self._bounds
        self._bounds = Bounds(before.least, before.most, before.open + 1)

    def settled(self, at_s: float) -> Bounds:
        """What was over for certain when a scrape began."""
        late = [(least, most) for when, least, most in self._recent if when > at_s - MARGIN_S]
        before = self._bounds
        return Bounds(before.least - sum(each[0] for each in late), before.most - sum(each[1] for each in late), 0)

    def possible(self, under_way: int = 0) -> Bounds:
        """All that a scrape may have in it that ends now."""
        before = self._bounds
        return Bounds(before.least + under_way, before.most + under_way, before.open)
