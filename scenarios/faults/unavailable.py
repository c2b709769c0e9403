"""unavailable: the party answers 503 for a while."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Answer, Message, RequestEffect
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("unavailable")
class Unavailable(Fault):
    """The addressed requests are answered with 503 and Retry-After before anything is done; then all is well again.

    A layer must try again, no sooner than it was told (R2), and lose nothing (E3).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})

    party: str
    operation: str
    status: int = 503
    retry_after_s: int = 1
    nth: int = 1
    times: int = 2

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times)

    def request(self, world: World, message: Message) -> RequestEffect | None:
        return Answer(self.status, "unavailable", headers=(("Retry-After", str(self.retry_after_s)),))
