"""broker-down: the broker is down for a while, and comes back with all that it had stored."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.channels.queue.power import BROKER
from ...simulators.interference import Message, Sendings
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("broker-down")
class BrokerDown(Fault):
    """From the addressed event on, the broker is down for `for_s` seconds: it is killed, connections break, what was
    handed out and not acknowledged comes again. It starts anew at the same address, with its store.

    A layer must connect again by itself, keep what it has to say until then, and bear to read again what it had not yet
    acknowledged (E3, R1) without doing it twice (E1).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"queue"})
    exclusive: ClassVar[bool] = True
    once: ClassVar[bool] = True
    on_broker: ClassVar[bool] = True

    begins_with: str
    for_s: float = 1.0
    nth: int = 1

    def address(self) -> Address:
        return Address("", self.begins_with, self.nth, 1)

    def event(self, world: World, message: Message) -> Sendings | None:
        world.take_down(BROKER, "broker-down")
        world.clock.after(self.for_s, lambda: self.end(world))
        return None

    def end(self, world: World) -> None:
        world.bring_up(BROKER, "broker-down")
