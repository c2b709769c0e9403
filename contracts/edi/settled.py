"""The sets that may be acted upon: only when its interchange has ended is it known that a set stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .events import Event, GroupEnd, InterchangeAcknowledgment, InterchangeEnd, InterchangeStart, TransactionSet
from .findings import REJECTED
from .header import GroupHeader


@dataclass(frozen=True, slots=True)
class SettledInterchange:
    """An interchange at its end. `accepted` are the sets to act upon, each with the header of its group: none where the
    interchange is rejected, none of a group that is. `groups` are to be acknowledged by a 997 each, unless the whole
    interchange is rejected, which only a TA1 can say.
    """

    end: InterchangeEnd
    groups: tuple[GroupEnd, ...]
    accepted: tuple[tuple[GroupHeader, TransactionSet], ...]
    acknowledgments: tuple[InterchangeAcknowledgment, ...]


def settled(events: Iterable[Event]) -> Iterator[SettledInterchange]:
    """Each interchange when it has ended. Holds its accepted sets until then; text that is no interchange is left
    out.
    """
    groups: list[GroupEnd] = []
    accepted: list[tuple[GroupHeader, TransactionSet]] = []
    pending: list[TransactionSet] = []
    acknowledgments: list[InterchangeAcknowledgment] = []
    for event in events:
        if isinstance(event, InterchangeStart):
            groups, accepted, pending, acknowledgments = [], [], [], []
        elif isinstance(event, TransactionSet):
            if event.result.is_accepted:
                pending.append(event)
        elif isinstance(event, GroupEnd):
            groups.append(event)
            if event.result.code != REJECTED:
                accepted += [(event.header, found) for found in pending]
            pending = []
        elif isinstance(event, InterchangeAcknowledgment):
            acknowledgments.append(event)
        elif isinstance(event, InterchangeEnd):
            stands = event.result.code != REJECTED
            yield SettledInterchange(event, tuple(groups), tuple(accepted) if stands else (), tuple(acknowledgments))
