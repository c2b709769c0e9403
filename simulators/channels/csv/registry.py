"""The files that the channel takes in and sends: each is one module of `tables`, which registers itself here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from ....contracts.layouts import Row, Value
from ....contracts.registry import Registry
from ..files.request import FileRequest

Rows = Iterator[Mapping[str, Value]]


class Understanding:
    """Base of what takes in the rows of a layout. Rows that follow each other and have the same key are one request."""

    @staticmethod
    def key(row: Row) -> tuple[Value, ...]:
        """What makes rows one request."""
        raise NotImplementedError

    @staticmethod
    def request(rows: Sequence[Row], place: str) -> FileRequest:
        """What they ask for together."""
        raise NotImplementedError

    about: ClassVar[str]
    """The column that an acknowledgement names the request by."""


class Telling:
    """Base of what tells an event in a file."""

    layout: ClassVar[str]
    data: ClassVar[type[Any]]
    """The type of the event's data."""

    @staticmethod
    def rows(data: Any) -> Rows:
        """The rows of the file."""
        raise NotImplementedError


understood: Registry[type[Understanding]] = Registry("layout that is taken in", f"{__package__}.tables")
"""By layout."""
told: Registry[type[Telling]] = Registry("event that is told in a file", f"{__package__}.tables")
"""By event type."""
