"""flag"""

from __future__ import annotations

from ..column_type import ColumnType, OptionError, Value, column_types
from ..defect import must_be
from ..definition import Column, Layout


@column_types.register("flag")
class Flag(ColumnType):
    """Yes or no, written as `yes` and `no` say."""

    options = frozenset({"yes", "no"})

    def __init__(self, column: Column, layout: Layout) -> None:
        super().__init__(column, layout)
        if column.yes == column.no:
            raise OptionError("no", f"is {column.no!r}, as `yes` is")
        self._values = {column.yes: True, column.no: False}

    @property
    def expected(self) -> str:
        return f"{self.column.yes} or {self.column.no}"

    def decode(self, text: str) -> Value:
        try:
            return self._values[text]
        except KeyError:
            raise must_be("code", text, self.expected) from None

    def encode(self, value: Value) -> str:
        if not isinstance(value, bool):
            raise self.wrong_value(value, "True or False")
        return self.column.yes if value else self.column.no
