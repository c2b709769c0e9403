"""A fault of the wire that strikes: counted when it really has, and written into the world's journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ...simulators.interference import Message
from ...simulators.journal import Journal


@dataclass(slots=True)
class Strike:
    """Call it each time that the fault has struck, with what there is to say of it; `message` is what it was aimed at,
    or what it began with. `spare` is for what turned out to be nothing to strike: the next one is struck instead.
    """

    journal: Journal
    fault: str
    party: str
    message: Message
    count: Callable[[], None]
    spare: Callable[[], None] = lambda: None

    def __call__(self, *, order_known: bool = True, **detail: Any) -> None:
        """Count and write it down. Not `order_known`: whose message was struck can't be seen from there."""
        self.count()
        self.note(order_known=order_known, **detail)

    def note(self, *, order_known: bool = True, **detail: Any) -> None:
        """Write something down about the fault that is no strike by itself, such as its end."""
        mine = self.message.direction == "request"
        self.journal.append(
            "fault",
            self.party,
            "http" if mine else "run",
            self.fault,
            exchange=self.message.exchange if mine else 0,
            client=self.message.client if mine else "",
            order_id=self.message.order_id if order_known else "",
            detail=detail,
        )
