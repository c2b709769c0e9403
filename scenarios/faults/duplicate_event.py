"""duplicate-event: the same event is delivered more than once."""

from __future__ import annotations

from ...simulators.interference import Message, Sending, Sendings
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("duplicate-event")
class DuplicateEvent(Fault):
    """The addressed event is delivered `copies` times: at once, or `after_s` apart, or under a new event id each time.
    Where the layer polls, it stands in the feed so many times.

    At-least-once delivery is what every event system promises. A layer must have each effect once (E1, C2); with
    `new_id` it has to recognise the business fact and not only the message.
    """

    party: str
    event_type: str
    copies: int = 2
    after_s: float = 0.0
    new_id: bool = False
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.event_type, self.nth, self.times)

    def event(self, world: World, message: Message) -> Sendings:
        copies = [Sending(number * self.after_s, self.new_id and number > 0) for number in range(self.copies)]
        return Sendings("duplicate-event", tuple(copies))
