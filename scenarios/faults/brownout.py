"""brownout: a party is there, and serves nobody for a while."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Answer, Message, RequestEffect
from ..address import Address
from ..fault import Fault, faults


@faults.register("brownout")
class Brownout(Fault):
    """From the addressed event on, every request to the party `party`, whatever it asks for, is answered with 503 for
    `for_s` seconds on the wire, with Retry-After unless `retry_after_s` is 0. What it has to say itself goes out.

    Each request costs it something, and so keeps it from recovering. A layer must stop asking after a few failures,
    look in now and then whether the party is well again (R2, a circuit breaker), hold what it has for it, and catch up
    without help (R1, E3).
    """

    exclusive: ClassVar[bool] = True
    once: ClassVar[bool] = True
    channels: ClassVar[frozenset[str]] = frozenset({"rest"})

    party: str
    begins_with: str
    for_s: float = 2.0
    retry_after_s: int = 0

    def address(self) -> Address:
        return Address("", self.begins_with, 1, 1)

    def everywhere(self, message: Message, lasts_s: float) -> RequestEffect | None:
        if message.party != self.party or message.in_file or lasts_s >= self.for_s:
            return None
        headers = (("Retry-After", str(self.retry_after_s)),) if self.retry_after_s else ()
        return Answer(503, "brownout", headers=headers)
