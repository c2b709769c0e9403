"""State, and one unit of change to it.

A rule is a function of (state, command, now): it reads and writes through a `Transaction`, which overlays the state
and collects what would change: records, events, jobs for later. Nothing outside the transaction is touched until the
party applies it, all at once; a rule that raises leaves no trace.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec

from .cursor import cursor_at, place_of
from .ids import Ids
from .index import Index, Places
from .refusal import Refusal

R = TypeVar("R", bound=msgspec.Struct)
RecordKey = tuple[type[msgspec.Struct], str]


class State:
    """All records of one party: a table per record type, in the order in which the keys first came, and its indexes.

    Records are never taken out, so the place of a key in its table (from 0) is for good.
    """

    def __init__(self, indexes: Mapping[type[msgspec.Struct], Mapping[str, Index]] | None = None) -> None:
        self._tables: dict[type[msgspec.Struct], dict[str, msgspec.Struct]] = {}
        self._keys: dict[type[msgspec.Struct], list[str]] = {}
        self._indexes = {
            kind: {name: Places(value_of) for name, value_of in names.items()}
            for kind, names in (indexes or {}).items()
        }
        # Key → place, of record types that have an index.
        self._places: dict[type[msgspec.Struct], dict[str, int]] = {kind: {} for kind in self._indexes}

    def table(self, kind: type[R]) -> Mapping[str, R]:
        """Key → record, oldest first."""
        return self._tables.get(kind, {})  # type: ignore[return-value]  # the table of a kind holds that kind

    def tables(self) -> Mapping[type[msgspec.Struct], Mapping[str, msgspec.Struct]]:
        return self._tables

    def keys(self, kind: type[msgspec.Struct]) -> Sequence[str]:
        """Place → key."""
        return self._keys.get(kind, ())

    def place(self, kind: type[msgspec.Struct], key: str) -> int | None:
        """Where a record of a kind that has an index stands; None when there is no such record."""
        return self._places[kind].get(key)

    def index(self, kind: type[msgspec.Struct], name: str) -> Places:
        """A declared index."""
        return self._indexes[kind][name]

    def put(self, key: str, record: msgspec.Struct) -> None:
        self.apply({(type(record), key): record})

    def apply(self, writes: Mapping[RecordKey, msgspec.Struct]) -> None:
        """Put records, as a transaction wrote them."""
        indexed = self._indexes
        for (kind, key), record in writes.items():
            table = self._tables.get(kind)
            if table is None:
                table = self._tables[kind] = {}
                self._keys[kind] = []
            before = table.get(key)
            table[key] = record
            if before is None:
                self._add(kind, key, record)
            elif kind in indexed:
                place = self._places[kind][key]
                for index in indexed[kind].values():
                    index.move(place, before, record)

    def _add(self, kind: type[msgspec.Struct], key: str, record: msgspec.Struct) -> None:
        keys = self._keys[kind]
        if kind in self._indexes:
            place = self._places[kind][key] = len(keys)
            for index in self._indexes[kind].values():
                index.add(place, record)
        keys.append(key)

    def clear(self) -> None:
        self._tables.clear()
        self._keys.clear()
        for places in self._places.values():
            places.clear()
        for indexes in self._indexes.values():
            for index in indexes.values():
                index.clear()


class Announcement(msgspec.Struct, frozen=True, gc=False):
    """An event as a rule announces it; the party makes the CloudEvent."""

    type: str
    subject: str
    data: msgspec.Struct
    order_id: str


class Job(msgspec.Struct, frozen=True, gc=False):
    """A step that the party itself takes at a business time: a pick begins, a parcel arrives."""

    due: datetime
    name: str
    arguments: tuple[str, ...]
    order_id: str


class Page(msgspec.Struct, frozen=True, gc=False):
    """One page of a list: the records and the cursor of the next page, None at the end."""

    items: tuple[msgspec.Struct, ...]
    next_cursor: str | None


class Transaction:
    """What a rule sees of the world: the state with its own changes over it, the time, and fresh ids."""

    __slots__ = ("_state", "_tables", "announcements", "ids", "jobs", "now", "writes")

    def __init__(self, state: State, now: datetime, ids: Ids) -> None:
        self.now = now
        self.ids = ids
        self._state = state
        self._tables = state.tables()
        self.writes: dict[RecordKey, msgspec.Struct] = {}
        self.announcements: list[Announcement] = []
        self.jobs: list[Job] = []

    def find(self, kind: type[R], key: str) -> R | None:
        # Asked for many times per order, so without another call; what stands under a kind is of that kind.
        if self.writes and (written := self.writes.get((kind, key))) is not None:
            return written  # type: ignore[return-value]
        table = self._tables.get(kind)
        return None if table is None else table.get(key)  # type: ignore[return-value]

    def find_all(self, kind: type[R], keys: Iterable[str]) -> list[R | None]:
        """The record of each key, None where there is none."""
        table: Mapping[str, R] = self._tables.get(kind, {})  # type: ignore[assignment]  # it holds that kind
        if not self.writes:
            return [table.get(key) for key in keys]
        return [self.find(kind, key) for key in keys]

    def get(self, kind: type[R], key: str, code: str = "not-found") -> R:
        """The record, or a refusal with `code` when there is none."""
        record = self.find(kind, key)
        if record is None:
            raise Refusal(code, f"there is no {_words(kind)} {key!r} here")
        return record

    def where(self, kind: type[R], index: str, value: Hashable) -> list[R]:
        """Records by one of the party's declared indexes, oldest first, with this transaction's changes seen.

        None finds nothing: it is the value of what stands outside the index.
        """
        return [record for _, record in self._indexed(kind, index, (value,))]

    def all(self, kind: type[R]) -> Iterator[R]:
        """Every record of a kind, oldest first, with this transaction's changes seen."""
        return (record for _, record in self._from(kind, 0))

    def _from(self, kind: type[R], start: int) -> Iterator[tuple[int, R]]:
        """Place and record of all from a place on."""
        keys = self._state.keys(kind)
        for place in range(start, len(keys)):
            yield place, self.get(kind, keys[place])
        for place, key in enumerate(self._added(kind), len(keys)):
            if place >= start:
                yield place, self.get(kind, key)

    def _indexed(
        self, kind: type[R], index: str, values: Sequence[Hashable], start: int = 0
    ) -> Iterator[tuple[int, R]]:
        """Place and record of all from a place on whose index has one of the values."""
        known = self._state.index(kind, index)
        keys = self._state.keys(kind)
        written = self._written(kind)
        places: Sequence[int]
        if len(values) == 1 and not written:
            places = known.places(values[0])
        else:
            places = sorted({*written}.union(*(known.places(value) for value in values)))
        for nth in range(bisect_left(places, start), len(places)):
            place = places[nth]
            record = self.get(kind, written[place] if place in written else keys[place])
            value = known.value_of(record)
            if value is not None and value in values:
                yield place, record

    def _added(self, kind: type[R]) -> list[str]:
        """The keys that only this transaction knows, oldest first: they will have the next places."""
        known = self._state.table(kind)
        return [key for written, key in self.writes if written is kind and key not in known]

    def _written(self, kind: type[R]) -> dict[int, str]:
        """Place → key of what this transaction has changed or added, of a kind that has an index."""
        written: dict[int, str] = {}
        next_place = len(self._state.keys(kind))
        for written_kind, key in self.writes:
            if written_kind is kind:
                place = self._state.place(kind, key)
                if place is None:
                    place, next_place = next_place, next_place + 1
                written[place] = key
        return written

    def put(self, key: str, record: msgspec.Struct) -> None:
        self.writes[(type(record), key)] = record

    def announce(self, type: str, subject: str, data: msgspec.Struct, *, order_id: str = "") -> None:
        """Emit an event: `type` as in contracts/events, `order_id` the CRM order it is about (for the journal)."""
        self.announcements.append(Announcement(type, subject, data, order_id))

    def later(self, after: timedelta, job: str, *arguments: str, order_id: str = "") -> None:
        """Do a job of this party once `after` has passed in business time."""
        self.jobs.append(Job(self.now + after, job, arguments, order_id))

    def page(
        self,
        kind: type[R],
        limit: int,
        cursor: str | None,
        keep: Callable[[R], bool] = lambda _record: True,
        *,
        among: tuple[str, Sequence[Hashable]] | None = None,
    ) -> Page:
        """A page in order of creation. The cursor names a place in that order, so nothing drifts while paging.

        `among` is an index and values of it: only records that have one of them are looked at. The cursor is the same
        with it and without.

        Raises: Refusal `invalid-cursor` when the cursor is none of ours.
        """
        count = len(self._state.keys(kind)) + len(self._added(kind))
        # A cursor names the first record of the next page, so one was there when it was handed out.
        start = 0 if cursor is None else place_of(kind.__name__, cursor, count - 1)
        items: list[R] = []
        for place, record in self._from(kind, start) if among is None else self._indexed(kind, *among, start):
            if not keep(record):
                continue
            if len(items) == limit:
                return Page(tuple(items), cursor_at(kind.__name__, place))
            items.append(record)
        return Page(tuple(items), None)


def _words(kind: type) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind.__name__).strip()
