"""sliced-response: the answer comes in many small packets."""

from __future__ import annotations

from ..fault import faults
from ..wire.rule import Pace, Rule
from ..wire_fault import ConnectionFault


@faults.register("sliced-response")
class SlicedResponse(ConnectionFault):
    """The answer comes in pieces of `piece_octets`, `every_s` seconds apart. So does its head: lines, numbers and
    characters are torn in two.

    TCP promises octets, not messages. A layer must read to the end before it reads anything into them (F1, K1).
    """

    piece_octets: int = 7
    every_s: float = 0.001

    def rule(self) -> Rule:
        return Pace(self.piece_octets, self.every_s)
