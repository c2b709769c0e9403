"""slow-consumer: a request from a queue is held up, and others wait behind it."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Delay, Message, RequestEffect
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("slow-consumer")
class SlowConsumer(Fault):
    """The party holds the addressed request for `by_s` seconds before it carries it out. What comes after it about the
    same fulfilment, return or item waits behind it; the rest goes on.

    A layer must publish what belongs together under one key, in order, and not take the wait for a no (C3, E1).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"queue"})

    party: str
    operation: str
    by_s: float = 2.0
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times)

    def request(self, world: World, message: Message) -> RequestEffect | None:
        return Delay(self.by_s, "slow-consumer")
