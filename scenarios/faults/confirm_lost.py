"""confirm-lost: the broker stores an event, and its confirm is lost."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Message, Sending, Sendings
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("confirm-lost")
class ConfirmLost(Fault):
    """The broker stores the addressed event, but the party does not hear so and publishes it again: it stands there
    twice, with the same event id.

    A layer must have each effect once (E1, C2), whoever doubled the message.
    """

    channels: ClassVar[frozenset[str]] = frozenset({"queue"})

    party: str
    event_type: str
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.event_type, self.nth, self.times)

    def event(self, world: World, message: Message) -> Sendings:
        return Sendings("confirm-lost", (Sending(unheard=True),))
