"""webhook-slow: an event trickles in."""

from __future__ import annotations

from ..fault import faults
from ..wire.rule import Pace, Rule
from ..wire_fault import DeliveryFault


@faults.register("webhook-slow")
class WebhookSlow(DeliveryFault):
    """The addressed event comes in pieces of `piece_octets`, `every_s` seconds apart. The party waits five seconds for
    an answer in all, and then tries again.

    A layer must wait for the whole of it, act on nothing less, and let other events past meanwhile (R3, E3).
    """

    piece_octets: int = 100
    every_s: float = 0.05

    def rule(self) -> Rule:
        return Pace(self.piece_octets, self.every_s)
