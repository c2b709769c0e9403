"""An exchange of files, whatever the format: documents that go out, and what a file that came in says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class Incomplete(Exception):
    """The file has no end: half of it is missing, or it is still being written."""


class Unreadable(Exception):
    """The file is not what the partner and we have agreed upon."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A document to be sent: under which name, given its number, and what it says then. Documents of one `series` are
    numbered together, from 1.
    """

    kind: str
    write: Callable[[int, datetime], tuple[str, bytes]]
    series: str = ""
    answer_counts: bool = False  # it is done when the partner has answered, not already when it could read it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the partner says of a document of ours, by its number. `final` False: it could be read, no more."""

    number: int
    accepted: bool
    series: str = ""
    code: str = ""
    detail: str = ""
    final: bool = True
    order_id: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact, as an event of a warehouse's API. `key` is the same however often it is told."""

    type: str
    key: str
    data: dict[str, Any]


@dataclass(slots=True)
class Incoming:
    """All that a file says. `reply` is what the partner wants to hear of it; `rejected` what could not be used, in
    words, each for a person to look at.
    """

    told: list[Told] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    replies: list[Outgoing] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)


class Paper(Protocol):
    """A format that is agreed with a warehouse."""

    def request(self, body: dict[str, Any], action: str) -> Outgoing:
        """A fulfilment request: `action` N for a new one, R for a higher revision of one it has."""

    def cancellation(self, fulfilment: dict[str, Any], reason: str) -> Outgoing:
        """The wish that a fulfilment does not go out."""

    def return_notice(self, announcement: dict[str, Any]) -> Outgoing:
        """Goods that will come back."""

    def item(self, sku: str, facts: dict[str, Any]) -> Outgoing | None:
        """What it should know of an item; None in a format that says nothing of items."""

    def read(self, name: str, content: bytes) -> Incoming:
        """Raises: Incomplete, Unreadable."""
