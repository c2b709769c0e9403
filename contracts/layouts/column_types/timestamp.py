"""timestamp"""

from __future__ import annotations

from datetime import datetime

from ..column_type import ColumnType, OptionError, Value, column_types
from ..definition import Column, Layout
from ..time_format import FormatError, TimestampFormat


@column_types.register("timestamp")
class Timestamp(ColumnType):
    """A point in time, as `dates` or the column's own `format` writes it; programs see it in UTC."""

    options = frozenset({"format"})

    def __init__(self, column: Column, layout: Layout) -> None:
        super().__init__(column, layout)
        dates = layout.dates
        try:
            self._format = TimestampFormat(column.format or dates.timestamp, dates.zone, dates.twice)
        except FormatError as error:
            raise OptionError("format" if column.format else "", str(error)) from None

    @property
    def expected(self) -> str:
        return self._format.expected

    def decode(self, text: str) -> Value:
        return self._format.parse(text)

    def encode(self, value: Value) -> str:
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise self.wrong_value(value, "a datetime with a zone")
        return self._format.write(value)
