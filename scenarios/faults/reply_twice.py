"""reply-twice: a reply from a queue comes more than once."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Message, Sending, Sendings
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("reply-twice")
class ReplyTwice(Fault):
    """The reply to the addressed request comes `copies` times, `after_s` apart.

    A layer must know a reply that it has had by its correlation id, whatever it has done since, and not act upon it
    again (E1).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"queue"})

    party: str
    operation: str
    copies: int = 2
    after_s: float = 0.0
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times, reply=True)

    def event(self, world: World, message: Message) -> Sendings:
        return Sendings("reply-twice", tuple(Sending(number * self.after_s) for number in range(self.copies)))
