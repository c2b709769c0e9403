"""Indexes over the records of one type: which of them have a value."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import msgspec

# How an index reads its value from a record.
Index = Callable[[Any], Hashable]


class Places:
    """Value → the places of the records that have it, in order; a record whose value is None has none here.

    Most values (an order's id) belong to one record, so a single place stands there as a number: it takes less than
    a list, and the garbage collector needs not look at it.
    """

    __slots__ = ("_places", "value_of")

    def __init__(self, value_of: Index) -> None:
        self.value_of = value_of
        self._places: dict[Hashable, int | list[int]] = {}

    def __len__(self) -> int:
        """How many values it knows."""
        return len(self._places)

    def places(self, value: Hashable) -> Sequence[int]:
        held = self._places.get(value, ())
        return (held,) if isinstance(held, int) else held

    def add(self, place: int, record: msgspec.Struct) -> None:
        """Take up a record that is new."""
        value = self.value_of(record)
        if value is not None:
            self._add(place, value)

    def move(self, place: int, before: msgspec.Struct, record: msgspec.Struct) -> None:
        """Follow a record that has changed."""
        was, value = self.value_of(before), self.value_of(record)
        if was == value:
            return
        if was is not None:
            self._remove(place, was)
        if value is not None:
            self._add(place, value)

    def clear(self) -> None:
        self._places.clear()

    def _add(self, place: int, value: Hashable) -> None:
        held = self._places.setdefault(value, place)
        if isinstance(held, list):
            insort(held, place)
        elif held != place:
            self._places[value] = sorted((held, place))

    def _remove(self, place: int, value: Hashable) -> None:
        held = self._places[value]
        if isinstance(held, list) and len(held) > 1:
            del held[bisect_left(held, place)]
        else:
            del self._places[value]
