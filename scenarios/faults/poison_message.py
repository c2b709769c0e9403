"""poison-message: a message that nobody can read stands in a queue, before an event."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Message, Sending, Sendings
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("poison-message")
class PoisonMessage(Fault):
    """A message that is no event is published right before the addressed one, in the same queue. `text` is what it
    says.

    A layer must set it aside (refuse it, or acknowledge it with a note for a person) and read on. One that tries it
    again for ever, or dies of it, hears nothing more of this party (E3).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"queue"})

    party: str
    event_type: str
    text: str = '{"specversion": "1.0", "id": '
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.event_type, self.nth, self.times)

    def event(self, world: World, message: Message) -> Sendings:
        return Sendings("poison-message", (Sending(payload=self.text.encode()), Sending()))
