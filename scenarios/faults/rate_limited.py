"""rate-limited: the party answers 429 for a while."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Answer, Message, RequestEffect
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("rate-limited")
class RateLimited(Fault):
    """The addressed requests are answered with 429 and Retry-After before anything is done.

    A layer must wait as long as it was told and then go on with the same request (R2, E3). `retry_after_s` 0 leaves the
    header out, as some providers do.
    """

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})

    party: str
    operation: str
    retry_after_s: int = 1
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times)

    def request(self, world: World, message: Message) -> RequestEffect | None:
        headers = (("Retry-After", str(self.retry_after_s)),) if self.retry_after_s else ()
        return Answer(429, "rate-limited", headers=headers)
