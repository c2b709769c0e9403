"""Cells of one column: from text to value, and from value to text, with what was done once remembered.

Most columns say the same again and again (units, dates, the order that five lines belong to), so most cells cost one
look into a table, which C code does for a whole column at a time. Texts cost less still: a column whose different texts
all have the form of the column is its own value. What is wrong is not raised but stands there as the CellError, because
one bad cell must not end the column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from .column_type import ColumnType, Value
from .cross_check import Cells
from .defect import CellError, must_be
from .definition import Column, Layout
from .visible import quoted

REMEMBERED = 10_000
LONGEST_REMEMBERED = 64
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_BESIDE_LINE_BREAKS = re.compile(r"(?!\n|\r\n)[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_AS_ANOTHER_CODE = frozenset({"number", "pattern", "length", "check_digit"})


class CellReader(dict[str, Value | CellError]):
    """Text → value, or what is wrong with it. `failed` rises with every wrong cell, and `has_empty` says whether the
    latest column has an empty one.
    """

    __slots__ = ("_control", "_is_plain", "_required", "_trimmed", "failed", "has_empty", "type")

    def __init__(self, type: ColumnType) -> None:
        super().__init__()
        column: Column = type.column
        layout: Layout = type.layout
        self.type = type
        self.failed = 0
        self.has_empty = False
        self._required = column.required
        self._trimmed = layout.dialect.spaces == "trimmed"
        self._is_plain = None if self._trimmed else type.is_plain
        self._control = _CONTROL_BESIDE_LINE_BREAKS if column.line_breaks else _CONTROL

    def column(self, texts: Sequence[str]) -> Cells:
        """The values of a whole column."""
        different = set(texts)
        self.has_empty = "" in different
        if len(different) == 1:
            return [self[texts[0]]] * len(texts)
        if self._is_plain is not None and not (self.has_empty and self._required):
            different.discard("")
            if all(map(self._is_plain, different)):
                return [text or None for text in texts] if self.has_empty else texts
        return list(map(self.__getitem__, texts))

    def __missing__(self, text: str) -> Value | CellError:
        try:
            value = self.read(text)
        except CellError as error:
            self.failed += 1
            return error
        if len(self) < REMEMBERED and len(text) <= LONGEST_REMEMBERED:
            self[text] = value
        return value

    def read(self, text: str) -> Value:
        """Raises: CellError."""
        if self._trimmed:
            text = text.strip(" ")
        if not text:
            if self._required:
                raise CellError("required", f"is empty, but must be {self.type.expected}")
            return None
        if not text.isprintable() and (found := self._control.search(text)):
            raise _no_character(text, found[0])
        try:
            return self.type.decode(text)
        except CellError as error:
            raise self._explained(error, text) from None

    def _explained(self, error: CellError, text: str) -> CellError:
        """Names what people and spreadsheets do to cells, where it can be known."""
        if error.code in _AS_ANOTHER_CODE and _EXPONENT.fullmatch(text):
            hint = "a spreadsheet writes long digits so; take the number from where it came from"
            return must_be("exponent", text, self.type.expected, hint)
        stripped = text.strip(" ")
        if stripped not in ("", text):
            try:
                self.type.decode(stripped)
            except CellError:
                return error
            return must_be("spaces", text, f"{self.type.expected}, without spaces around it")
        return error


class CellWriter:
    """Value → text, which reads as this very value."""

    __slots__ = ("_may_be_empty", "_reader", "_remembered", "_type")

    def __init__(self, type: ColumnType) -> None:
        self._type = type
        self._reader = CellReader(type)
        self._may_be_empty = not type.column.required
        self._remembered: dict[Value, str] = {}

    def text(self, value: Value) -> str:
        """Raises: CellError."""
        if value is None and self._may_be_empty:
            return ""
        # Numbers are not remembered: 2.5 and 2.50 are equal, and are written differently.
        is_kept = isinstance(value, (str, date))
        if is_kept and value in self._remembered:
            return self._remembered[value]
        text = "" if value is None else self._type.encode(value)
        read = self._reader.read(text)
        if read != value:
            raise CellError("inexact", f"is {value!r:.80}, but {quoted(text)} would be read as {read!r:.80}")
        if is_kept and len(self._remembered) < REMEMBERED and len(text) <= LONGEST_REMEMBERED:
            self._remembered[value] = text
        return text


def _no_character(text: str, found: str) -> CellError:
    if "\ud800" <= found <= "\udfff":
        return must_be("encoding", text, "text in the layout's encoding", f"{_name(found)} is no character there")
    return must_be("control_character", text, f"without {_name(found)}")


def _name(character: str) -> str:
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:
        return f"the byte {number - 0xDC00:02X}"
    names = {0: "NUL", 9: "a tab", 10: "a line feed", 13: "a carriage return"}
    return names.get(number, f"U+{number:04X}")
