"""The wire of a virtual world: it takes messages a little while, each its own, drawn from the seed.

Without that everything would happen at once: two requests could never overtake each other, and a layer that goes wrong
only when they do would never be caught. Another seed is another course of events, the same seed the same one.
"""

from __future__ import annotations

import asyncio
from random import Random

HOST = "127.0.0.1"
# Seconds, one way, as in one data centre.
SHORTEST_S, LONGEST_S = 0.0001, 0.0005


class Wire:
    """How long messages are under way. One for a whole world; it belongs to the running loop."""

    def __init__(self, seed: str) -> None:
        self._draw = Random(seed).random
        self._loop = asyncio.get_running_loop()

    def crossed(self) -> asyncio.Future[None]:
        """Done once a message that leaves now has arrived."""
        arrived: asyncio.Future[None] = self._loop.create_future()
        delay_s = SHORTEST_S + (LONGEST_S - SHORTEST_S) * self._draw()
        self._loop.call_later(delay_s, _arrive, arrived)
        return arrived


def _arrive(arrived: asyncio.Future[None]) -> None:
    if not arrived.done():
        arrived.set_result(None)
