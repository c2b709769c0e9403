"""The first record of a file: what it is, from whom, which number, of when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .defect import CellError, must_be
from .definition import HeaderField, HeaderRecord, Layout
from .event import FileHeading
from .time_format import TimestampFormat
from .visible import quoted

_NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")
_SEQUENCE = re.compile(r"[0-9]{1,12}")


class HeadingCells:
    """Reads and writes the cells after the mark."""

    def __init__(self, layout: Layout) -> None:
        assert layout.header_record is not None
        self._layout = layout
        self._record: HeaderRecord = layout.header_record
        self._created = TimestampFormat(layout.dates.timestamp, layout.dates.zone, layout.dates.twice)

    @property
    def expected(self) -> str:
        """The record in words: `HDR,ship_confirm,sender,receiver,sequence,created,1`."""
        known: dict[str, str] = {"type": self._layout.type_code, "version": str(self._layout.version)}
        cells = [self._record.mark, *(known.get(name, name) for name in self._record.fields)]
        return self._layout.dialect.delimiter.join(cells)

    def is_ours(self, cells: Sequence[str]) -> CellError | None:
        """None for the header record of a file of this layout; else why it is none."""
        if not cells or cells[0] != self._record.mark:
            first = quoted(cells[0]) if cells else "nothing"
            return CellError("header_record", f"begins with {first}, but must be {self.expected}")
        for name, wanted in (("type", self._layout.type_code), ("version", str(self._layout.version))):
            if name in self._record.fields:
                place = self._record.fields.index(name) + 1
                said = cells[place] if place < len(cells) else ""
                if said != wanted:
                    what = "is of type" if name == "type" else "has version"
                    return CellError("header_record", f"{what} {quoted(said)}, but must be {wanted}: {self.expected}")
        return None

    def read(self, cells: Sequence[str]) -> tuple[FileHeading, list[tuple[str, CellError]]]:
        """What is readable, and by field what is not."""
        values: dict[str, Any] = {}
        errors: list[tuple[str, CellError]] = []
        count = len(self._record.fields) + 1
        may_end_empty = self._layout.dialect.trailing_delimiter == "allowed" and not cells[-1]
        if len(cells) != count + may_end_empty:
            problem = f"has {len(cells)} cells, but must have {count}: {self.expected}"
            errors.append(("", CellError("header_record", problem)))
        for name, text in zip(self._record.fields, cells[1:], strict=False):
            if name not in ("type", "version"):
                try:
                    values[name] = self._value(name, text)
                except CellError as error:
                    errors.append((name, CellError("header_record", error.problem)))
        return FileHeading(**values), errors

    def write(self, heading: FileHeading) -> list[str]:
        """The whole record, mark included. Raises: CellError naming what is missing or unwritable."""
        return [self._record.mark, *(self._text(name, heading) for name in self._record.fields)]

    def _value(self, name: HeaderField, text: str) -> Any:
        if name == "created":
            return self._created.parse(text)
        if name == "sequence":
            return self._sequence(text)
        if not _NAME.fullmatch(text):
            raise must_be("header_record", text, f"a {name} of at most 40 characters from A-Z a-z 0-9 . _ -")
        return text

    def _sequence(self, text: str) -> int:
        width = self._layout.sequence.width
        if not _SEQUENCE.fullmatch(text) or (len(text) != width if width else text != str(int(text))):
            digits = f"of {width} digits" if width else "without zeros in front"
            raise must_be("header_record", text, f"a sequence number {digits}")
        return int(text)

    def _text(self, name: HeaderField, heading: FileHeading) -> str:
        if name == "type":
            return self._layout.type_code
        if name == "version":
            return str(self._layout.version)
        value = getattr(heading, name)
        if value is None:
            raise CellError("value", f"{name} is missing: {self.expected}")
        if name == "created":
            if value.tzinfo is None:
                raise CellError("value", f"created is {value}, which has no time zone")
            text = self._created.write(value)
        else:
            text = f"{value:0{self._layout.sequence.width}d}" if name == "sequence" else str(value)
        if self._value(name, text) != value:
            raise CellError("inexact", f"{name} is {value}, but {quoted(text)} has no room for all of it")
        return text
