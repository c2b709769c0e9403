"""code"""

from __future__ import annotations

import difflib

from ..column_type import ColumnType, OptionError, Value, column_types
from ..defect import must_be
from ..definition import Column, Layout


@column_types.register("code")
class Code(ColumnType):
    """One of the `codes`; programs see the word that it stands for."""

    options = frozenset({"codes"})

    def __init__(self, column: Column, layout: Layout) -> None:
        super().__init__(column, layout)
        if not column.codes:
            raise OptionError("", "`codes` is missing: which codes are there, and what do they mean?")
        self._written = {word: code for code, word in reversed(column.codes.items())}

    @property
    def expected(self) -> str:
        return f"one of {', '.join(self._told(code) for code in self.column.codes)}"

    def decode(self, text: str) -> Value:
        try:
            return self.column.codes[text]
        except KeyError:
            raise must_be("code", text, self.expected, self._near(text)) from None

    def encode(self, value: Value) -> str:
        if not isinstance(value, str) or value not in self._written:
            raise self.wrong_value(value, f"one of {', '.join(self._written)}")
        return self._written[value]

    def _told(self, code: str) -> str:
        word = self.column.codes[code]
        return code if word == code else f"{code} ({word})"

    def _near(self, text: str) -> str:
        by_letters = {code.lower(): code for code in self.column.codes}
        near = difflib.get_close_matches(text[:40].lower(), by_letters, n=1)
        return f"did you mean {by_letters[near[0]]}?" if near else ""
