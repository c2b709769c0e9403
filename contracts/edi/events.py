"""What reading yields, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .findings import GroupResult, InterchangeResult, SetResult
from .guide import Guide
from .header import GroupHeader, InterchangeHeader
from .loops import Loop, loops_of
from .separators import Separators
from .structure import Stand


@dataclass(frozen=True, slots=True)
class InterchangeStart:
    """ISA. `result` has what is wrong with the header; of an interchange that is rejected already, groups and sets are
    found only by who asked to look into it.
    """

    header: InterchangeHeader
    position: int
    result: InterchangeResult


@dataclass(frozen=True, slots=True)
class GroupStart:
    """GS. `position` counts the segments of the file from 1, ISA being one."""

    header: GroupHeader
    position: int
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TransactionSet:
    """A set from ST to SE. Element n of a segment is `segment[n]`, `segment[0]` its id; elements that a segment
    leaves out at its end are not in its list. `stands` has the place of each segment in the guide, or None.

    A set is not to be acted upon before the `GroupEnd` says that its group stands.
    """

    segments: list[list[str]]
    stands: list[Stand | None]
    result: SetResult
    guide: Guide | None
    separators: Separators
    position: int

    @property
    def set_id(self) -> str:
        return self.result.set_id

    @property
    def control_number(self) -> str:
        return self.result.control_number

    def body(self) -> list[list[str]]:
        """The segments between ST and SE."""
        last = -1 if len(self.segments) > 1 and self.segments[-1][0] == "SE" else None
        return self.segments[1:last]

    def tree(self) -> Loop:
        """The set as nested loops: `tree().each("0310")`, `loop.segment("W12")`, `segment[3]`."""
        return loops_of(self.segments, self.stands, self.separators)


@dataclass(frozen=True, slots=True)
class GroupEnd:
    """GE, or where a group breaks off. `result` is what a 997 says."""

    header: GroupHeader
    result: GroupResult
    position: int


@dataclass(frozen=True, slots=True)
class InterchangeAcknowledgment:
    """TA1: what the other side says of an interchange that we sent."""

    control_number: str
    date: str
    time: str
    code: str
    note: str
    position: int


@dataclass(frozen=True, slots=True)
class InterchangeEnd:
    """IEA, or where an interchange breaks off. `result` is what a TA1 says."""

    header: InterchangeHeader
    result: InterchangeResult
    position: int


@dataclass(frozen=True, slots=True)
class Junk:
    """What is no interchange: `offset` in characters from the begin of the file, `text` the first of it."""

    offset: int
    text: str
    problem: str


Event = InterchangeStart | GroupStart | TransactionSet | GroupEnd | InterchangeAcknowledgment | InterchangeEnd | Junk
Events = Iterator[Event]
