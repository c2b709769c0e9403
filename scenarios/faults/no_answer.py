"""no-answer: the request is carried out, the answer never comes."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Message, RequestEffect, Withhold
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("no-answer")
class NoAnswer(Fault):
    """The party commits and then says nothing until the caller's time-out: the caller can't know whether it happened.

    A layer must repeat the request with the same idempotency key, or look first whether it has happened. One that makes
    a new key, or takes silence for failure, does it twice or loses it (E1, E3).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})

    party: str
    operation: str
    nth: int = 1
    times: int = 1
    hold_s: float = 30.0

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times)

    def committed(self, world: World, message: Message, status: int) -> RequestEffect | None:
        return Withhold(self.hold_s, "no-answer") if status < 400 else None
