"""forbidden: a right is taken from the layer for a while."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Answer, Message, RequestEffect
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("forbidden")
class Forbidden(Fault):
    """The addressed requests are answered with 403 before anything is done, as when an administrator has taken a right
    away, and only a person can give it back; that has happened after `times`.

    Asking again is of no use. A layer must set the message aside, tell somebody (E3), let other orders go on, and have
    the effect once when the message is replayed (E1).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})

    party: str
    operation: str
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times)

    def request(self, world: World, message: Message) -> RequestEffect | None:
        return Answer(403, "forbidden")
