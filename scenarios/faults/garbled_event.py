"""garbled-event: an event arrives as something that is none."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Message, Sending, Sendings
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults

HALF_AN_EVENT = b'{"specversion":"1.0","type":"crossdock.'


@faults.register("garbled-event")
class GarbledEvent(Fault):
    """The first try of the addressed event brings half of a JSON document, rightly signed. Who refuses it is sent the
    event whole a little later; who acknowledges it has had it.

    A layer must not acknowledge what it can't use, or must tell somebody (X2); and one message that can't be used must
    not hold up the others (R3).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})

    party: str
    event_type: str
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.event_type, self.nth, self.times)

    def event(self, world: World, message: Message) -> Sendings:
        return Sendings("garbled-event", (Sending(payload=HALF_AN_EVENT, once=True),))
