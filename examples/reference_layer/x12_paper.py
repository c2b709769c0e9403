"""The format agreed with an X12 warehouse: one set in each of our interchanges, a 997 for each of their groups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from . import x12
from .paper import Incoming, Outgoing, Unreadable
from .x12 import Segment, TransactionSet
from .x12_facts import READERS, acknowledged, answered, refused
from .x12_limits import see_that_it_fits
from .x12_requests import return_notice, shipping_order, stop_order, with_contact


@dataclass(slots=True)
class X12Paper:
    """The format as it is agreed with one warehouse; `sender` and `receiver` are the interchange ids. `edition` is that
    of the guide for orders (GS08): the one that we were told, or a newer one by which the warehouse has written since.
    """

    warehouse: str
    sender: str
    receiver: str
    edition: str = x12.FIRST_EDITION

    def request(self, body: dict[str, Any], action: str) -> Outgoing:
        return self._order(shipping_order(body, action))

    def cancellation(self, fulfilment: dict[str, Any], reason: str) -> Outgoing:
        return self._order(stop_order(fulfilment, reason), answer_counts=True)

    def return_notice(self, announcement: dict[str, Any]) -> Outgoing:
        return self._outgoing("943", return_notice(announcement, self.warehouse))

    def item(self, sku: str, facts: dict[str, Any]) -> None:
        """The warehouse has its own people for its item master."""

    def read(self, name: str, content: bytes) -> Incoming:
        """Raises: Incomplete, Unreadable."""
        number, groups = x12.read(content)
        self._see_that_it_is_ours(x12.header(content))
        found = Incoming(number=int(number), verdicts=list(refused(x12.interchange_acknowledgements(content))))
        for group in groups:
            if group.version == x12.SECOND_EDITION:
                self.edition = group.version
            if group.problem:
                found.rejected.append(f"{name}: group {group.number} ({group.kind}) has group error {group.problem}")
            else:
                group.sets[:] = [self._understood(name, each, found) for each in group.sets]
            if group.kind != "FA":
                found.replies.append(self._outgoing("997", x12.acknowledgement(group)))
        return found

    def _see_that_it_is_ours(self, header: Segment) -> None:
        """Raises: Unreadable."""
        ways = [header[place].strip() for place in (6, 8)]
        if ways != [self.receiver, self.sender]:
            raise Unreadable(f"it is from {ways[0]} to {ways[1]}, agreed is {self.receiver} to {self.sender}")
        if header[15] != "P":
            raise Unreadable(f"it is marked as {header[15]} (ISA15), and only P is real business")

    def _understood(self, name: str, told: TransactionSet, found: Incoming) -> TransactionSet:
        """Add what a set says; the set, with its problem when it can't be used."""
        if not told.problem:
            try:
                self._understand(told, found)
            except (LookupError, ValueError, ArithmeticError) as error:  # a code, a date, a number that there is not
                told = replace(told, problem="5")
                why = f"{type(error).__name__} {error}"
                found.rejected.append(f"{name}: set {told.number} ({told.kind}) can't be used: {why}")
        else:
            found.rejected.append(f"{name}: set {told.number} ({told.kind}) has set error {told.problem}")
        return told

    def _understand(self, told: TransactionSet, found: Incoming) -> None:
        """Raises: LookupError, ValueError, ArithmeticError; then nothing of the set was added."""
        see_that_it_fits(told)
        if told.kind == "997":
            found.verdicts.extend(list(acknowledged(told)))
        elif told.kind == "824":
            found.verdicts.extend(list(answered(told)))
        elif reader := READERS.get(told.kind):
            found.told.extend(list(reader(told, self.warehouse)))

    def _order(self, segments: list[Segment], *, answer_counts: bool = False) -> Outgoing:
        """A 940 in the edition of now; the second wants to know whom to ask."""
        if self.edition == x12.SECOND_EDITION:
            segments = with_contact(segments)
        return self._outgoing("940", segments, self.edition, answer_counts=answer_counts)

    def _outgoing(
        self, kind: str, segments: list[Segment], version: str = x12.FIRST_EDITION, *, answer_counts: bool = False
    ) -> Outgoing:
        def write(number: int, now: datetime) -> tuple[str, bytes]:
            envelope = x12.Envelope(self.sender, self.receiver, number, now)
            return f"{kind}_{number:09d}.edi", x12.write(envelope, kind, [segments], version)

        return Outgoing(kind, write, answer_counts=answer_counts)
