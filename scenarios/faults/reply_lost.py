"""reply-lost: a request from a queue is carried out, and the reply is lost."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Message, Sendings
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("reply-lost")
class ReplyLost(Fault):
    """The addressed request is carried out and acknowledged, and the reply to it never arrives.

    A layer must ask again under the same message id (or idempotency key): then it is told what was answered the first
    time. One that makes a new id has it done twice, and one that takes silence for a no asks somebody else (E1, Q2).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"queue"})

    party: str
    operation: str
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times, reply=True)

    def event(self, world: World, message: Message) -> Sendings:
        return Sendings("reply-lost")
