"""X12 with one partner: what goes out in interchanges of its own number, and what comes in, answered set by set."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import BinaryIO, Final

import msgspec

from ....contracts.edi import (
    Group,
    GroupHeader,
    Guides,
    Interchange,
    InterchangeHeader,
    SetBody,
    load_guide,
    write,
)
from ....contracts.edi.control_numbers import ControlNumbers, Kind, Link, give_out
from ....contracts.edi.separators import Separators
from ....contracts.edi.writer import SegmentValues
from ....contracts.objects import CloudEvent
from ...journal import Channel
from ...transaction import State
from ...versions import Versions
from ..files.request import FileDocument
from .agreement import Agreement
from .editions import FIRST_VERSION, SECOND, SECOND_EDITION, SECOND_VERSION, in_second_edition, taken
from .reading import X12Reading
from .sets import told

ACKNOWLEDGMENT = "997"
SETS = ("214", "824", "846", "940", "943", "944", "945", "947", ACKNOWLEDGMENT)
SEPARATORS = Separators(line_break="\n")
_UNWRITABLE = str.maketrans(dict.fromkeys(SEPARATORS.all + "\r\n\t", " "))


@cache
def warehouse_guides() -> Guides:
    """What is agreed with every partner that has no guides of its own: contracts/x12/warehouse, and of
    what has a second edition (warehouse-2) that as well; GS08 tells them apart.
    """
    second = (load_guide(f"warehouse-2/{set_id}") for set_id in sorted(SECOND_EDITION))
    return Guides([*(load_guide(f"warehouse/{set_id}") for set_id in SETS), *second])


class Correspondence:
    """Implements `FileFormat`. `guides` are those by which both sides write; only the sets that the channel understands
    are taken in. `numbers` are the control numbers so far, a plain value that can be kept.
    """

    channel: Final[Channel] = "x12"

    def __init__(
        self,
        agreement: Agreement,
        guides: Guides | None = None,
        numbers: ControlNumbers | None = None,
        versions: Versions | None = None,
    ) -> None:
        self.agreement = agreement
        self.versions = versions or Versions()
        self.guides = guides or warehouse_guides()
        self.numbers = numbers or ControlNumbers()
        self._group_of = {guide.set_id: guide.functional_group for guide in self.guides}

    @property
    def event_types(self) -> Collection[str]:
        return tuple(told)

    def numbers_so_far(self) -> bytes:
        return msgspec.json.encode(self.numbers)

    def go_on(self, numbers: bytes) -> None:
        self.numbers = msgspec.json.decode(numbers, type=ControlNumbers)

    def take_in(self, name: str, content: BinaryIO, now: datetime) -> X12Reading:
        return X12Reading(self, name, content, taken(self.guides, self.versions, now))

    def tell(self, event: CloudEvent, state: State, now: datetime) -> FileDocument:
        telling, second = told[event.type], self.versions.newest == SECOND
        data = msgspec.json.decode(event.data, type=telling.data)
        segments = telling.segments(data, state)
        if second and telling.set_id in SECOND_EDITION:
            return self.document(telling.set_id, in_second_edition(segments), now, version=SECOND_VERSION)
        return self.document(telling.set_id, segments, now)

    def document(
        self,
        set_id: str,
        segments: Sequence[SegmentValues],
        now: datetime,
        answer: bool = False,
        version: str = FIRST_VERSION,
    ) -> FileDocument:
        """One set in an interchange of its own. Raises: Refused when a guide refuses what we are about to write."""
        header = self._header(now)
        number = int(header.control_number)
        agreement, functional_id = self.agreement, self._group_of[set_id]
        group = GroupHeader.at(now, functional_id, agreement.own.id, agreement.partner.id, number, version=version)
        interchange = Interchange(
            header, [Group(group, [SetBody(set_id, "0001", [_tidy(segment) for segment in segments])])]
        )
        owed = (functional_id, str(number)) if set_id != ACKNOWLEDGMENT else None
        content = write(interchange, self.guides)
        return FileDocument(f"{set_id}_{number:09}.edi", content, set_id, number, group=owed)

    def interchange_acknowledgment(self, segment: SegmentValues, now: datetime) -> FileDocument:
        """A TA1, alone in its interchange."""
        header = self._header(now)
        content = write(Interchange(header, acknowledgments=[segment]), self.guides)
        return FileDocument(f"TA1_{header.control_number}.edi", content, "TA1", int(header.control_number))

    def _header(self, now: datetime) -> InterchangeHeader:
        """The next interchange. One number serves for the interchange and its one group."""
        own, partner = self.agreement.own, self.agreement.partner
        self.numbers, number = give_out(self.numbers, Link(str(own), str(partner)), Kind.INTERCHANGE)
        return InterchangeHeader.at(now, own, partner, number, usage=self.agreement.usage, separators=SEPARATORS)


def _tidy(segment: SegmentValues) -> SegmentValues:
    """A segment whose text holds nothing that X12 could not write: it has no way to quote a separator."""
    return [_tidy_text(value) if isinstance(value, str) else [_tidy_text(each) for each in value] for value in segment]


def _tidy_text(value: str) -> str:
    return value.translate(_UNWRITABLE).strip()
