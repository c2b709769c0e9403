"""timestamp"""

from __future__ import annotations

from datetime import datetime

from ..column_type import Value, column_types
from ..definition import Column, Layout
from ..time_format import TimestampFormat
from .date import Formatted


@column_types.register("timestamp")
class Timestamp(Formatted):
    """A point in time, as `dates` or the column's own `format` writes it; programs see it in UTC."""

    def read_format(self, column: Column, layout: Layout) -> TimestampFormat:
        dates = layout.dates
        return TimestampFormat(column.format or dates.timestamp, dates.zone, dates.twice)

    def encode(self, value: Value) -> str:
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise self.wrong_value(value, "a datetime with a zone")
        return self.format.write(value)
