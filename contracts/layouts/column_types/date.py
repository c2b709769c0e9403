"""date"""

from __future__ import annotations

from datetime import date, datetime

from ..column_type import ColumnType, OptionError, Value, column_types
from ..definition import Column, Layout
from ..time_format import DateFormat, FormatError


@column_types.register("date")
class Date(ColumnType):
    """A calendar date, from 1900 to 2999, as `dates` or the column's own `format` writes it."""

    options = frozenset({"format"})

    def __init__(self, column: Column, layout: Layout) -> None:
        super().__init__(column, layout)
        try:
            self._format = DateFormat(column.format or layout.dates.date)
        except FormatError as error:
            raise OptionError("format" if column.format else "", str(error)) from None

    @property
    def expected(self) -> str:
        return self._format.expected

    def decode(self, text: str) -> Value:
        return self._format.parse(text)

    def encode(self, value: Value) -> str:
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.wrong_value(value, "a date")
        return self._format.write(value)
