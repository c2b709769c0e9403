"""slow-body: the answer begins at once and goes on drop by drop."""

from __future__ import annotations

from ..fault import faults
from ..wire.rule import Pace, Rule
from ..wire_fault import ConnectionFault


@faults.register("slow-body")
class SlowBody(ConnectionFault):
    """The answer begins at once, its head and a little more (`free_octets`); the rest comes in pieces of
    `piece_octets`, `every_s` seconds apart.

    A time-out between two reads never ends such an answer. A layer must bound the whole of a call (R2), go on with
    other orders meanwhile, and take an answer that it broke off for one that it did not get (E1, E3).
    """

    free_octets: int = 250
    piece_octets: int = 40
    every_s: float = 0.2

    def rule(self) -> Rule:
        return Pace(self.piece_octets, self.every_s, free_octets=self.free_octets)
