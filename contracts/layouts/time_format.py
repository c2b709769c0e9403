"""Dates and times as a partner writes them: `YYYY-MM-DD`, `DD.MM.YYYY hh:mm`, `YYYYMMDDhhmmss`.

A format is made of YYYY, YY (2000 to 2099), MM, DD, hh, mm, ss, of M, D and h (one digit or two, as in `M/D/YYYY`), AM
(`AM` or `PM`, with hours from 1 to 12), `[.f]` (a fraction of a second, one to six digits, that may be there), Z (`Z`,
or an offset like `+01:00`), and of the letter T, spaces and punctuation, which stand for themselves. Points in time
come out in UTC. A local time that clocks skip, or show twice, is told apart by the rules of PEP 495.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from .defect import CellError, must_be
from .visible import quoted

_PARTS = {
    "YYYY": r"(?P<year>(?:19|2[0-9])[0-9]{2})",
    "YY": r"(?P<short_year>[0-9]{2})",
    "MM": r"(?P<month>[0-9]{2})",
    "DD": r"(?P<day>[0-9]{2})",
    "hh": r"(?P<hour>[0-9]{2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "D": r"(?P<day>[0-9]{1,2})",
    "h": r"(?P<hour>[0-9]{1,2})",
    "AM": r"(?P<half>[AaPp][Mm])",
    "[.f]": r"(?:\.(?P<fraction>[0-9]{1,6}))?",
    "Z": r"(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})",
}
_TOKEN = re.compile(r"MMM+|YYYY|YY|MM|M|DD|D|hh|h|mm|ss|AM|\[\.f\]|Z|.", re.DOTALL)
_ONE_OF = (("YYYY", "YY"), ("MM", "M"), ("DD", "D"), ("hh", "h"))
_ONE_DIGIT_OR_TWO = frozenset({"M", "D", "h"})
_DIGITS = frozenset({"YYYY", "YY", "MM", "DD", "hh", "mm", "ss"}) | _ONE_DIGIT_OR_TWO
_LITERAL = re.compile(r"[T /.,:;_-]")
_TWO_CENTURIES = 2000


class FormatError(ValueError):
    """The format is none; says what is wrong with it."""


class DateFormat:
    """How a date is written."""

    needs: tuple[tuple[str, ...], ...] = _ONE_OF[:3]
    takes: frozenset[str] = frozenset({"YYYY", "YY", "MM", "M", "DD", "D"})

    def __init__(self, text: str) -> None:
        """Raises: FormatError."""
        self.text = text
        self._tokens = _tokens(text, self.takes, self.needs)
        self._match = re.compile("".join(_PARTS.get(token, re.escape(token)) for token in self._tokens)).fullmatch

    @property
    def expected(self) -> str:
        return f"a date {self.text}"

    def parse(self, text: str) -> date:
        """Raises: CellError `date`."""
        try:
            return date(*self._year_month_day(self._found(text)))
        except ValueError as error:
            raise must_be("date", text, self.expected, _reason(error)) from None

    def write(self, value: date) -> str:
        return "".join(_written(token, value) for token in self._tokens)

    def _found(self, text: str) -> dict[str, str]:
        found = self._match(text)
        if found is None or not text.isascii():
            raise must_be("date", text, self.expected)
        return {name: part for name, part in found.groupdict().items() if part is not None}

    @staticmethod
    def _year_month_day(found: dict[str, str]) -> tuple[int, int, int]:
        year = int(found["year"]) if "year" in found else _TWO_CENTURIES + int(found["short_year"])
        return year, int(found["month"]), int(found["day"])


class TimestampFormat(DateFormat):
    """How a point in time is written, in which zone, and what a local time means that comes twice."""

    needs = (*_ONE_OF, ("mm",))
    takes = frozenset(_PARTS)

    def __init__(self, text: str, zone: str, twice: Literal["refused", "earlier", "later"]) -> None:
        """Raises: FormatError; zoneinfo.ZoneInfoNotFoundError."""
        super().__init__(text)
        self._zone: tzinfo = UTC if zone == "UTC" else ZoneInfo(zone)
        self._twice = twice
        self._zone_name = zone

    @property
    def expected(self) -> str:
        where = "" if "Z" in self._tokens else f" in {self._zone_name}"
        return f"a time {self.text}{where}"

    def parse(self, text: str) -> datetime:
        """In UTC. Raises: CellError `date`, `local_time`."""
        found = self._found(text)
        try:
            naive = datetime(
                *self._year_month_day(found),
                _hour(int(found["hour"]), found.get("half", "")),
                int(found["minute"]),
                int(found.get("second", "0")),
                int(found.get("fraction", "0").ljust(6, "0")),
                None if "offset" not in found else _offset(found["offset"]),
            )
            if naive.tzinfo is not None:
                return naive.astimezone(UTC)
        except ValueError as error:
            raise must_be("date", text, self.expected, _reason(error)) from None
        return self._in_zone(naive, text)

    def write(self, value: date) -> str:
        """In the zone of the format; what the format has no room for is left out."""
        local = value.astimezone(self._zone) if isinstance(value, datetime) else value
        if "AM" in self._tokens and isinstance(local, datetime):
            half = "AM" if local.hour < 12 else "PM"
            tokens = [half if token == "AM" else token for token in self._tokens]
            local = local.replace(hour=local.hour % 12 or 12)
            return "".join(_written(token, local) for token in tokens)
        return "".join(_written(token, local) for token in self._tokens)

    def _in_zone(self, naive: datetime, text: str) -> datetime:
        earlier = naive.replace(tzinfo=self._zone, fold=0)
        later = naive.replace(tzinfo=self._zone, fold=1)
        if earlier.utcoffset() == later.utcoffset():
            return earlier.astimezone(UTC)
        if earlier.astimezone(UTC).astimezone(self._zone).replace(tzinfo=None) != naive:
            problem = f"is {quoted(text)}, but there is no such time in {self._zone_name}: clocks are put forward then"
            raise CellError("local_time", problem)
        if self._twice == "refused":
            problem = f"is {quoted(text)}, which comes twice in {self._zone_name}: clocks are put back then"
            raise CellError("local_time", problem)
        return (earlier if self._twice == "earlier" else later).astimezone(UTC)


def _tokens(text: str, takes: frozenset[str], needs: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    tokens = tuple(_TOKEN.findall(text))
    for token in tokens:
        if token not in takes and not _LITERAL.fullmatch(token):
            raise FormatError(f"{token!r} means nothing here: use {', '.join(sorted(takes))} and punctuation")
    if twice := [token for token in takes if tokens.count(token) > 1]:
        raise FormatError(f"{twice[0]} stands there twice")
    for choice in _ONE_OF:
        if set(choice) <= set(tokens):
            raise FormatError(f"there are {' and '.join(choice)}: take one of them")
    for before, after in pairwise(tokens):
        if {before, after} <= _DIGITS and {before, after} & _ONE_DIGIT_OR_TWO:
            raise FormatError(f"{before}{after} can be read in two ways: put punctuation between, or take two digits")
    if missing := [choice[0] for choice in needs if not set(choice) & set(tokens)]:
        raise FormatError(f"{missing[0]} is missing")
    return tokens


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("hours before and after noon go from 1 to 12")
    return hour % 12 + (12 if half.upper() == "PM" else 0)


def _offset(text: str) -> timezone:
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:])
    if hours > 23 or minutes > 59:
        raise ValueError("there is no such offset")
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(-size if text[0] == "-" else size)


def _written(token: str, value: date) -> str:
    match token:
        case "YYYY":
            return f"{value.year:04d}"
        case "YY":
            return f"{value.year % 100:02d}"
        case "MM":
            return f"{value.month:02d}"
        case "DD":
            return f"{value.day:02d}"
        case "M":
            return str(value.month)
        case "D":
            return str(value.day)
    return _written_time(token, value) if isinstance(value, datetime) else token


def _written_time(token: str, value: datetime) -> str:
    match token:
        case "hh":
            return f"{value.hour:02d}"
        case "h":
            return str(value.hour)
        case "mm":
            return f"{value.minute:02d}"
        case "ss":
            return f"{value.second:02d}"
        case "[.f]":
            return f".{value.microsecond:06d}".rstrip("0") if value.microsecond else ""
        case "Z":
            offset = value.strftime("%z")
            return "Z" if offset == "+0000" else f"{offset[:3]}:{offset[3:5]}"
    return token


def _reason(error: ValueError) -> str:
    """What the standard library says of a date that does not exist: `day is out of range for month`."""
    return "" if isinstance(error, CellError) else str(error)
