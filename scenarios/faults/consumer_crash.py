"""consumer-crash: the reader of a queue dies with a request in its hands."""

from __future__ import annotations

from typing import ClassVar, Literal

from ...simulators.interference import Message, RequestEffect, Withhold
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("consumer-crash")
class ConsumerCrash(Fault):
    """The party's reader dies before it acknowledges the addressed request: `before` it is carried out, or `after` that
    and before anybody hears of it. Another takes over, and the broker hands out again what the dead one held, sooner or
    later (docs/reference/queues.md): what came after it may be read first.

    A layer must bear that an answer takes as long as that, ask again under the same message id if it asks again at all,
    and take a second reply for what it is (E1, E3).
    """

    exclusive: ClassVar[bool] = True
    channels: ClassVar[frozenset[str]] = frozenset({"queue"})

    party: str
    operation: str
    when: Literal["before", "after"] = "after"
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times)

    def request(self, world: World, message: Message) -> RequestEffect | None:
        return Withhold(0.0, "consumer-crash") if self.when == "before" else None

    def committed(self, world: World, message: Message, status: int) -> RequestEffect | None:
        return Withhold(0.0, "consumer-crash") if self.when == "after" and status < 400 else None
