"""digits"""

from __future__ import annotations

from typing import NoReturn

from ..column_type import ColumnType, OptionError, Value, column_types
from ..defect import either, must_be
from ..definition import Column, Layout


@column_types.register("digits")
class Digits(ColumnType):
    """A number that is a name: digits, of one of the `lengths`, leading zeros kept. It is a text to programs."""

    options = frozenset({"lengths"})
    usual_lengths: tuple[int, ...] = ()

    def __init__(self, column: Column, layout: Layout) -> None:
        super().__init__(column, layout)
        self.lengths = tuple(sorted(column.lengths or self.usual_lengths))
        if not self.lengths:
            raise OptionError("", "`lengths` is missing: how many digits are there?")

    @property
    def expected(self) -> str:
        return f"{either(self.lengths)} digits"

    def decode(self, text: str) -> Value:
        if not (text.isascii() and text.isdigit()):
            raise must_be("number", text, self.expected)
        if len(text) not in self.lengths:
            self.refuse_length(text)
        return text

    def encode(self, value: Value) -> str:
        if not isinstance(value, str):
            raise self.wrong_value(value, f"text of {self.expected}, so that leading zeros are kept")
        return value

    def filled(self, text: str) -> str:
        """With zeros in front up to the next length; as it is when there is none."""
        longer = [length for length in self.lengths if length > len(text)]
        return text.zfill(longer[0]) if longer else text

    def refuse_length(self, text: str) -> NoReturn:
        filled = self.filled(text)
        if filled == text:
            raise must_be("length", text, self.expected)
        raise must_be("lost_zero", text, self.expected, f"if a spreadsheet took the zeros away, it was {filled}")
