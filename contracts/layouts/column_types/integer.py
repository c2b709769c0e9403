"""integer"""

from __future__ import annotations

from ..column_type import OptionError, Value, column_types
from ..defect import must_be
from ..definition import Column, Layout
from .decimal import DecimalNumber


@column_types.register("integer")
class Integer(DecimalNumber):
    """A whole number, from `minimum` to `maximum`; with `width`, filled up with zeros to so many digits."""

    options = frozenset({"minimum", "maximum", "width"})
    noun = "a whole number"

    def __init__(self, column: Column, layout: Layout) -> None:
        super().__init__(column, layout)
        self.scale = 0
        self.width = column.width
        if self.width and (self.minimum is None or self.minimum < 0):
            raise OptionError("width", "needs a minimum of 0 or more")

    @property
    def expected(self) -> str:
        return f"{super().expected}, {self.width} digits" if self.width else super().expected

    def decode(self, text: str) -> Value:
        if self.width:
            if len(text) != self.width or not (text.isascii() and text.isdigit()):
                raise must_be("number", text, self.expected)
            text = text.lstrip("0") or "0"
        return int(self.number(text))

    def encode(self, value: Value) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong_value(value, "an int")
        return f"{value:0{self.width}d}" if self.width else super().encode(value)
