"""Which message a fault strikes: addressed by what it is about, never by luck.

"The second createFulfilmentRequest at east about order A": party, operation or event, order, the Nth occurrence, and
how many from there on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Addressed(Protocol):
    """A message, whatever it travels by."""

    @property
    def direction(self) -> str:
        """`reply` where it is the reply to a request, as a message of its own."""

    @property
    def party(self) -> str: ...

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def order_id(self) -> str: ...

    @property
    def about(self) -> Sequence[str]:
        """What it speaks of where it names no order."""


EVENTS = "crossdock."  # what the names of event types begin with, and those of operations do not


@dataclass(slots=True)
class Address:
    """`name` is the operationId or event type, `party` the one that is asked or that sends it ("" for any).

    Occurrences are counted for each CRM order by itself (or for each customer, item or count, where a message names no
    order), from 1; `times` of them are struck from the `nth` on. `reply`: not the request is meant but the reply to it,
    where that is a message of its own.
    """

    party: str
    name: str
    nth: int = 1
    times: int = 1
    reply: bool = False
    _seen: dict[str, int] = field(default_factory=dict)

    def strikes(self, message: Addressed) -> bool:
        """Whether this very message is meant. Counts it, so ask once per message."""
        if (message.direction == "reply") != self.reply:
            return False
        if message.name != self.name or self.party not in ("", message.party):
            return False
        subject = _subject(message)
        self._seen[subject] = count = self._seen.get(subject, 0) + 1
        return self.nth <= count < self.nth + self.times

    def take_back(self, message: Addressed) -> None:
        """What was struck by the last word of `strikes` was no occurrence after all."""
        self._seen[_subject(message)] -= 1


def _subject(message: Addressed) -> str:
    return message.order_id or "".join(message.about[:1])
