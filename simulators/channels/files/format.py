"""A way of writing a party's operations and events into files: X12, CSV. What the channel asks of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import BinaryIO, Protocol

from ....contracts.objects import CloudEvent
from ...journal import Channel
from ...transaction import State
from .request import FileDocument, FileRequest, Outcome, Unusable


class Reading(Protocol):
    """One file while it is taken in: first every request with its outcome, in order, then the answers."""

    def parts(self) -> Iterator[FileRequest | Unusable]:
        """What stands in it, as it is read. The outcome of a request is settled before the next part is asked for."""

    def settle(self, outcome: Outcome) -> None:
        """What the party made of the last request."""

    def answers(self, now: datetime) -> list[FileDocument]:
        """What the partner is told about the file, once it has been read to its end."""

    @property
    def rejected(self) -> str:
        """Why the file as a whole was not taken, "" when it was, or a part of it."""

    @property
    def facts(self) -> dict[str, object]:
        """What the journal should know of the file itself: control numbers, counts, the errors of its wire form."""


class FileFormat(Protocol):
    """A format as it is agreed with one partner; it keeps the numbers of what goes and comes."""

    @property
    def channel(self) -> Channel:
        """What the journal calls it."""

    @property
    def event_types(self) -> Collection[str]:
        """The events that there is a document for."""

    def take_in(self, name: str, content: BinaryIO, now: datetime) -> Reading:
        """Begin to read a file. Nothing is raised for what is in it, however wrong."""

    def tell(self, event: CloudEvent, state: State, now: datetime) -> FileDocument:
        """The document for an event of one of these types."""
