"""error-after-commit: the request is carried out, the answer says it was not."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Answer, Message, RequestEffect
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("error-after-commit")
class ErrorAfterCommit(Fault):
    """The party commits and answers 500 all the same, as a gateway does that lost its back end's answer.

    5xx never means "it did not happen". A layer must repeat with the same idempotency key (E1), and not give up (E3).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})

    party: str
    operation: str
    status: int = 502
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times)

    def committed(self, world: World, message: Message, status: int) -> RequestEffect | None:
        return Answer(self.status, "error-after-commit") if status < 400 else None
