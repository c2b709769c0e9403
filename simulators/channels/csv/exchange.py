"""CSV with one partner: what goes out in files of its own number, and what comes in, answered row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import BinaryIO, Final

import msgspec

from ....contracts.layouts import FileHeading, SequenceState, Value, file_name, layout, to_octets
from ....contracts.objects import CloudEvent
from ...journal import Channel
from ...transaction import State
from ..files.request import FileDocument
from .reading import CsvReading
from .registry import told


class CsvExchange:
    """Implements `FileFormat`. `own` and `partner` are how both are called in header records. `sent` has the last
    number of each type that went out, `received` the sequence of each that came in: plain values that can be kept.
    """

    channel: Final[Channel] = "csv"

    def __init__(self, own: str, partner: str) -> None:
        self.own, self.partner = own, partner
        self.sent: dict[str, int] = {}
        self.received: dict[str, SequenceState] = {}

    @property
    def event_types(self) -> Collection[str]:
        return tuple(told)

    def take_in(self, name: str, content: BinaryIO, now: datetime) -> CsvReading:
        return CsvReading(self, name, content.read())

    def tell(self, event: CloudEvent, state: State, now: datetime) -> FileDocument:
        telling = told[event.type]
        data = msgspec.json.decode(event.data, type=telling.data)
        return self.document(telling.layout, telling.rows(data), now)

    def document(self, name: str, rows: Iterable[Mapping[str, Value]], now: datetime) -> FileDocument:
        """A file of that layout under its next number. Raises: Unwritable when the layout refuses a value."""
        form = layout(name)
        number = self.sent.get(name, form.sequence.first - 1) + 1
        created = now.astimezone(UTC).replace(microsecond=0)
        heading = FileHeading(sender=self.own, receiver=self.partner, sequence=number, created=created)
        content = to_octets(form, heading, rows)
        self.sent[name] = number
        return FileDocument(file_name(form, heading), content)
