"""The headers of interchange and group, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .separators import USUAL, Separators

HEADER_LENGTH = 106
WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
"""Characters of ISA01 to ISA16."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who sends or receives an interchange: qualifier (ZZ, 01, 14 …) and id, without the spaces that fill it up."""

    qualifier: str
    id: str

    def __str__(self) -> str:
        return f"{self.qualifier}/{self.id}"


@dataclass(frozen=True, slots=True)
class InterchangeHeader:
    """ISA. `date` is YYMMDD, `time` HHMM, `control_number` the nine digits as they stand there."""

    sender: Party
    receiver: Party
    date: str
    time: str
    control_number: str
    acknowledgment_requested: str = "0"
    usage: str = "P"
    version: str = "00401"
    separators: Separators = USUAL
    authorization: tuple[str, str] = ("00", "")
    security: tuple[str, str] = ("00", "")
    standards: str = "U"

    @classmethod
    def at(
        cls,
        moment: datetime,
        sender: Party,
        receiver: Party,
        control_number: int,
        *,
        usage: str = "P",
        acknowledgment_requested: bool = False,
        separators: Separators = USUAL,
    ) -> InterchangeHeader:
        """A header with date and time as the wall clock of `moment` shows them: X12 has no zone here."""
        return cls(
            sender,
            receiver,
            f"{moment:%y%m%d}",
            f"{moment:%H%M}",
            f"{control_number:09}",
            "1" if acknowledgment_requested else "0",
            usage,
            separators=separators,
        )

    @classmethod
    def of(cls, elements: list[str], separators: Separators) -> InterchangeHeader:
        """From the sixteen elements that follow `ISA`."""
        trimmed = [element.rstrip(" ") for element in elements]
        return cls(
            Party(trimmed[4], trimmed[5]),
            Party(trimmed[6], trimmed[7]),
            elements[8],
            elements[9],
            elements[12],
            elements[13],
            elements[14],
            elements[11],
            separators,
            (trimmed[0], trimmed[1]),
            (trimmed[2], trimmed[3]),
            elements[10],
        )

    @property
    def elements(self) -> list[str]:
        """ISA01 to ISA16, filled up to their widths."""
        values = (
            *self.authorization,
            *self.security,
            self.sender.qualifier,
            self.sender.id,
            self.receiver.qualifier,
            self.receiver.id,
            self.date,
            self.time,
            self.standards,
            self.version,
            self.control_number,
            self.acknowledgment_requested,
            self.usage,
            self.separators.component,
        )
        return [value.ljust(width) for value, width in zip(values, WIDTHS, strict=True)]


@dataclass(frozen=True, slots=True)
class GroupHeader:
    """GS. `date` is CCYYMMDD, `time` HHMM to HHMMSSDD; `version` the version, release and industry (004010)."""

    functional_id: str
    sender: str
    receiver: str
    date: str
    time: str
    control_number: str
    version: str = "004010"
    agency: str = "X"

    @classmethod
    def at(
        cls,
        moment: datetime,
        functional_id: str,
        sender: str,
        receiver: str,
        control_number: int,
        *,
        version: str = "004010",
    ) -> GroupHeader:
        """A header with date and time as the wall clock of `moment` shows them."""
        return cls(functional_id, sender, receiver, f"{moment:%Y%m%d}", f"{moment:%H%M}", str(control_number), version)

    @classmethod
    def of(cls, elements: list[str]) -> GroupHeader:
        """From `GS` and what follows it; what is missing is empty."""
        _, functional_id, sender, receiver, date, time, number, agency, version = (*elements[:9], *[""] * 9)[:9]
        return cls(functional_id, sender, receiver, date, time, number, version, agency)

    @property
    def elements(self) -> list[str]:
        """GS01 to GS08."""
        return [
            self.functional_id,
            self.sender,
            self.receiver,
            self.date,
            self.time,
            self.control_number,
            self.agency,
            self.version,
        ]
