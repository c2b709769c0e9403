"""outage: a party is down for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from ...simulators.interference import Message, Sendings
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("outage")
class Outage(Fault):
    """From the addressed event on, the party `party` refuses every connection for `for_s` seconds on the wire, or for
    `for_h` business hours.

    What it has to say itself waits too. Work in its house goes on: a warehouse picks while its servers are down. A
    layer must hold what it has for that party, go on with the rest, and catch up without help (E3, R1) and without
    doubling (E1).
    """

    exclusive: ClassVar[bool] = True
    once: ClassVar[bool] = True

    party: str
    begins_with: str
    for_s: float = 2.0
    for_h: float = 0.0

    def address(self) -> Address:
        return Address("", self.begins_with, 1, 1)

    def event(self, world: World, message: Message) -> Sendings | None:
        world.take_down(self.party, "outage")
        if self.for_h:
            world.clock.at(world.clock.now() + timedelta(hours=self.for_h), lambda: self.end(world))
        else:
            world.clock.after(self.for_s, lambda: self.end(world))
        return None

    def end(self, world: World) -> None:
        if self.party in world.outbox.paused:
            world.bring_up(self.party, "outage")
