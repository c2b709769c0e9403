"""The format agreed with an X12 warehouse: one set in each of our interchanges, a 997 for each of their groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import x12
from .paper import Incoming, Outgoing
from .x12 import Segment, TransactionSet
from .x12_facts import READERS, acknowledged, answered
from .x12_requests import return_notice, shipping_order, stop_order


@dataclass(frozen=True, slots=True)
class X12Paper:
    """The format as it is agreed with one warehouse; `sender` and `receiver` are the interchange ids."""

    warehouse: str
    sender: str
    receiver: str

    def request(self, body: dict[str, Any], action: str) -> Outgoing:
        return self._outgoing("940", shipping_order(body, action))

    def cancellation(self, fulfilment: dict[str, Any], reason: str) -> Outgoing:
        return self._outgoing("940", stop_order(fulfilment, reason), answer_counts=True)

    def return_notice(self, announcement: dict[str, Any]) -> Outgoing:
        return self._outgoing("943", return_notice(announcement, self.warehouse))

    def item(self, sku: str, facts: dict[str, Any]) -> None:
        """The warehouse has its own people for its item master."""

    def read(self, name: str, content: bytes) -> Incoming:
        """Raises: Incomplete, Unreadable."""
        _, groups = x12.read(content)
        found = Incoming()
        for group in groups:
            for each in group.sets:
                if each.kind == "997":
                    found.verdicts.extend(acknowledged(each))
                elif not each.problem:
                    self._understand(each, found)
                else:
                    found.rejected.append(f"{name}: set {each.number} ({each.kind}) has set error {each.problem}")
            if group.kind != "FA":
                found.replies.append(self._outgoing("997", x12.acknowledgement(group)))
        return found

    def _understand(self, told: TransactionSet, found: Incoming) -> None:
        if told.kind == "824":
            found.verdicts.extend(answered(told))
        elif reader := READERS.get(told.kind):
            found.told.extend(reader(told, self.warehouse))

    def _outgoing(self, kind: str, segments: list[Segment], *, answer_counts: bool = False) -> Outgoing:
        def write(number: int, now: datetime) -> tuple[str, bytes]:
            envelope = x12.Envelope(self.sender, self.receiver, number, now)
            return f"{kind}_{number:09d}.edi", x12.write(envelope, kind, [segments])

        return Outgoing(kind, write, answer_counts=answer_counts)
