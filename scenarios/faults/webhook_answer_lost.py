"""webhook-answer-lost: the layer acknowledges an event, and the party never hears of it."""

from __future__ import annotations

from typing import ClassVar

from ..fault import faults
from ..wire.rule import Cut, Rule, Way
from ..wire_fault import DeliveryFault


@faults.register("webhook-answer-lost")
class WebhookAnswerLost(DeliveryFault):
    """The addressed event arrives; the layer's answer does not, for the connection is reset. So the party delivers it
    again, under the same event id. `attempts` is how many times that happens.

    A layer must know an event that it has had (E1, C2), also while it is still dealing with it.
    """

    way: ClassVar[Way] = "down"

    def rule(self) -> Rule:
        return Cut(reset=True)
