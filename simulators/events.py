"""Events as a party emits them: CloudEvents 1.0 envelopes, numbered per subject, kept in a feed.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md; `correlationid`, `causationid`, `traceparent` and
`sequence` are extension attributes. (source, id) is unique: it is what a subscriber deduplicates by.
"""

from __future__ import annotations

from collections import deque
from datetime import timedelta

import msgspec

from ..contracts.objects import CloudEvent
from .cursor import cursor_at, place_of
from .refusal import FieldError, Refusal

# A feed keeps an event until it is older than both: the business time that the contract promises, and so long on the
# wire, because business time may run so fast that its 72 hours are over before anybody could ask.
RETENTION = timedelta(hours=72)
RETENTION_S = 900.0
_MARK = "e"


class FeedPage(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """Events of a feed, oldest first, and the cursor to go on with: always given, also when there is nothing newer."""

    items: tuple[CloudEvent, ...]
    next_cursor: str


class Feed:
    """What a party has announced, readable by cursor. The cursor of an event that was dropped is refused, not
    skipped.
    """

    def __init__(self) -> None:
        self._events: deque[tuple[float, CloudEvent]] = deque()
        self._first = 0
        self._sequences: dict[str, int] = {}

    def number(self, subject: str) -> int:
        """The next sequence number of a subject, from 1."""
        number = self._sequences[subject] = self._sequences.get(subject, 0) + 1
        return number

    def append(self, event: CloudEvent, wire_s: float) -> None:
        """Add the newest event; `wire_s` is the time on the wire clock."""
        self._events.append((wire_s, event))
        while self._events[0][0] < wire_s - RETENTION_S and self._events[0][1].time < event.time - RETENTION:
            self._events.popleft()
            self._first += 1

    def page(self, cursor: str | None, limit: int, types: frozenset[str] = frozenset()) -> FeedPage:
        """Events after the cursor; without one, from the oldest kept.

        Raises: Refusal `invalid-cursor` for a cursor of another make, `cursor-expired` for one whose events are gone.
        """
        end = self._first + len(self._events)
        place = self._first if cursor is None else self._place(cursor, end)
        items: list[CloudEvent] = []
        while place < end and len(items) < limit:
            event = self._events[place - self._first][1]
            place += 1
            if not types or event.type in types:
                items.append(event)
        return FeedPage(items=tuple(items), next_cursor=cursor_at(_MARK, place))

    def _place(self, cursor: str, end: int) -> int:
        place = place_of(_MARK, cursor, end)
        if place < self._first:
            problem = (
                "the events after this cursor are no longer kept: read the current state, then start without a cursor"
            )
            raise Refusal("cursor-expired", problem, FieldError(problem, parameter="cursor"))
        return place
