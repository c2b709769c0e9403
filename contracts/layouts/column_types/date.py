"""date"""

from __future__ import annotations

from datetime import date, datetime

from ..column_type import ColumnType, OptionError, Value, column_types
from ..definition import Column, Layout
from ..time_format import DateFormat, FormatError


class Formatted(ColumnType):
    """What has a format, in `dates` or of the column's own."""

    options = frozenset({"format"})

    def __init__(self, column: Column, layout: Layout) -> None:
        super().__init__(column, layout)
        try:
            self.format = self.read_format(column, layout)
        except FormatError as error:
            raise OptionError("format" if column.format else "", str(error)) from None

    def read_format(self, column: Column, layout: Layout) -> DateFormat:
        """Raises: FormatError."""
        return DateFormat(column.format or layout.dates.date)

    @property
    def expected(self) -> str:
        return self.format.expected

    def decode(self, text: str) -> Value:
        return self.format.parse(text)


@column_types.register("date")
class Date(Formatted):
    """A calendar date, from 1900 to 2999, as `dates` or the column's own `format` writes it."""

    def encode(self, value: Value) -> str:
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.wrong_value(value, "a date")
        return self.format.write(value)
