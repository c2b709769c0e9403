"""Events as a party emits them: CloudEvents 1.0 envelopes, numbered per subject, kept in a feed.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md; `correlationid`, `causationid`, `traceparent` and
`sequence` are extension attributes. (source, id) is unique: it is what a subscriber deduplicates by.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
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
    skipped. `read_s` is when somebody was last handed something new, in wire seconds, None while nobody has asked.
    """

    def __init__(self) -> None:
        self.read_s: float | None = None
        self._read = 0
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

    @property
    def first(self) -> int:
        """The place of the oldest event that is kept, counted from 0 over all there ever were."""
        return self._first

    @property
    def end(self) -> int:
        """The place that the next event will have."""
        return self._first + len(self._events)

    def restore(self, first: int, events: Iterable[tuple[float, CloudEvent]], sequences: Mapping[str, int]) -> None:
        """Be as it was: the events kept with their wire times, the oldest at place `first`; subject → last number."""
        self._first = first
        self._events = deque(events)
        self._sequences = dict(sequences)

    def forget(self) -> None:
        """Keep none of the events so far; numbers and cursors go on."""
        self._first = self.end
        self._events.clear()

    def retract(self, event: CloudEvent) -> None:
        """Take back the newest event, before anybody could read it."""
        assert self._events[-1][1] is event, "only the newest event can be taken back"
        self._events.pop()

    @property
    def unread(self) -> int:
        """How many events nobody has been handed yet."""
        return self._first + len(self._events) - max(self._read, self._first)

    def hand_out(self, cursor: str | None, limit: int, wire_s: float) -> FeedPage:
        """A page for somebody who reads the feed. Raises: Refusal, as `page` does."""
        page = self.page(cursor, limit)
        read = place_of(_MARK, page.next_cursor, self._first + len(self._events))
        if self.read_s is None or read > self._read:
            self.read_s = wire_s
        self._read = max(self._read, read)
        return page

    def page(self, cursor: str | None, limit: int, types: frozenset[str] = frozenset()) -> FeedPage:
        """Events after the cursor; without one, from the oldest kept.

        Raises: Refusal `invalid-cursor` for a cursor of another make, `cursor-expired` for one whose events are gone.
        """
        end = self.end
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
