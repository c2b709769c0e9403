"""What a relay can do to the octets that go one way over a connection: values, which stream.py carries out.

Octets are counted from the moment at which the rule is laid on the connection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

# `up` is from the caller to the one that is called, `down` the way back.
Way: TypeAlias = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Cut:
    """Let so many octets through, then end the connection for both sides: by a reset, or as if it had been closed in
    good order.
    """

    after_octets: int = 0
    reset: bool = True


@dataclass(frozen=True, slots=True)
class Silence:
    """Let so many octets through and swallow what comes after them. The connection stays open."""

    after_octets: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """Let nothing through until the rule is lifted, and then everything in its order: what TCP makes of packets that
    were lost for a while.
    """


@dataclass(frozen=True, slots=True)
class Pace:
    """Pass on in pieces of at most `piece_octets` (0: as they come), each `every_s` after the one before; what comes
    waits `delay_s` first, and up to `jitter_s` more. The first `free_octets` go through at once.
    """

    piece_octets: int = 0
    every_s: float = 0.0
    delay_s: float = 0.0
    jitter_s: float = 0.0
    free_octets: int = 0


Rule: TypeAlias = Cut | Silence | Hold | Pace


@dataclass(frozen=True, slots=True)
class Aim:
    """Which connections of a relay a rule is laid on, and in which way: the `nth` that is opened after the rule was
    given and the `times - 1` that follow it (0: all), from `from_s` on, for `for_s` seconds (0: until it is lifted).
    `open_ones`: those too that are open when the time begins; they are not counted.
    """

    rule: Rule
    way: Way
    nth: int = 1
    times: int = 0
    from_s: float = 0.0
    for_s: float = 0.0
    open_ones: bool = False

    def counts(self, place: int) -> bool:
        """Whether the connection in this place, from 1, is meant."""
        return place >= self.nth and (not self.times or place < self.nth + self.times)
