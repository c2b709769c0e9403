"""Percentiles of a stream in fixed memory: a histogram whose buckets grow by a constant factor (as DDSketch has it,
https://www.vldb.org/pvldb/vol12/p2195-masson.pdf), so that a quantile is right within 2 %.
"""

from __future__ import annotations

import math

ACCURACY = 0.02
GROWTH = (1 + ACCURACY) / (1 - ACCURACY)
SHORTEST_S, LONGEST_S = 1e-4, 1e6


class Sketch:
    """Of durations in seconds; what is shorter than a tenth of a millisecond counts as that."""

    def __init__(self) -> None:
        self._buckets: dict[int, int] = {}
        self.count = 0
        self.longest_s = 0.0

    def add(self, seconds: float) -> None:
        held = min(max(seconds, SHORTEST_S), LONGEST_S)
        place = math.ceil(math.log(held / SHORTEST_S, GROWTH))
        self._buckets[place] = self._buckets.get(place, 0) + 1
        self.count += 1
        self.longest_s = max(self.longest_s, seconds)

    def take_in(self, other: Sketch) -> None:
        """As if all that was added to the other had been added here."""
        for place, count in other._buckets.items():
            self._buckets[place] = self._buckets.get(place, 0) + count
        self.count += other.count
        self.longest_s = max(self.longest_s, other.longest_s)

    def quantile(self, share: float) -> float:
        """Seconds within which this share lies; 0 for an empty one."""
        left = math.ceil(share * self.count)
        for place in sorted(self._buckets):
            left -= self._buckets[place]
            if left <= 0:
                middle = SHORTEST_S * GROWTH**place * (1 - ACCURACY)
                return round(min(middle, self.longest_s), 4)
        return 0.0
