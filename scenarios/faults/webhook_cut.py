"""webhook-cut: the delivery of an event breaks off in the middle."""

from __future__ import annotations

from ..fault import faults
from ..wire.rule import Cut, Rule
from ..wire_fault import DeliveryFault


@faults.register("webhook-cut")
class WebhookCut(DeliveryFault):
    """`after_octets` of the delivery arrive, then the connection is reset. The party delivers the event again, whole.

    A layer must not act on half an event, whatever of it can be read (K1), and must take the whole one when it comes
    (E3).
    """

    after_octets: int = 600

    def rule(self) -> Rule:
        return Cut(self.after_octets, reset=True)
