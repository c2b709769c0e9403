"""delay-event: an event comes late, after younger ones."""

from __future__ import annotations

from ...simulators.interference import Message, Sending, Sendings
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("delay-event")
class DelayEvent(Fault):
    """The addressed event is held back for `by_s` seconds on the wire, so that younger events overtake it: on its way
    to the layer, or in the feed, where the layer polls.

    Order of arrival is not order of events. A layer must show the newest truth it has heard, not the last (S1, C3).
    """

    party: str
    event_type: str
    by_s: float = 1.0
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.event_type, self.nth, self.times)

    def event(self, world: World, message: Message) -> Sendings:
        return Sendings("delay-event", (Sending(self.by_s),))
