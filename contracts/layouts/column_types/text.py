"""text"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from ..column_type import ColumnType, OptionError, Value, column_types
from ..defect import CellError, must_be
from ..definition import Column, Layout
from ..formula import escape, is_formula, unescape

_CHARACTER = "[ -~\\xa0-\\ud7ff\\ue000-\\U0010ffff]"


@column_types.register("text")
class Text(ColumnType):
    """Characters as they are, with leading zeros and inner spaces. `pattern` is matched by the whole text."""

    options = frozenset({"min_length", "max_length", "pattern", "lengths_by", "line_breaks", "formulas"})
    usual_pattern = ""
    usual_max_length: int | None = None
    noun = "a text"

    def __init__(self, column: Column, layout: Layout) -> None:
        super().__init__(column, layout)
        self.formulas = column.formulas or layout.dialect.formulas
        self.least = column.min_length
        self.most = column.max_length or self.usual_max_length or layout.limits.row_length
        if self.least > self.most:
            raise OptionError("min_length", f"is {self.least}, but max_length is {self.most}")
        pattern = column.pattern or self.usual_pattern or r"(?s:.*)"
        try:
            self._pattern = re.compile(pattern).fullmatch
        except re.error as error:
            raise OptionError("pattern", f"is no regular expression: {error}") from None
        self._written = pattern

    @property
    def expected(self) -> str:
        bounds = "of" if self.least == self.most else f"of {self.least} to"
        said = f"{self.noun} {bounds} {self.most} characters"
        return f"{said} that matches {self.column.pattern}" if self.column.pattern else said

    def decode(self, text: str) -> Value:
        if self.formulas != "allowed":
            text = self._without_escape(text)
        if not self.least <= len(text) <= self.most:
            problem = f"has {len(text)} characters, but must be {self.expected}"
            raise CellError("length", problem)
        if not self._pattern(text):
            raise must_be("pattern", text, self.expected)
        return text

    def encode(self, value: Value) -> str:
        if not isinstance(value, str):
            raise self.wrong_value(value, "text")
        return escape(value) if self.formulas == "escaped" else value

    @cached_property
    def is_plain(self) -> Callable[[str], object] | None:
        """One expression for all that is usual: no control characters, the length, no apostrophe and no formula.

        Made when the first row comes: it takes Python ten times as long to compile as the pattern itself.
        """
        start = "" if self.formulas == "allowed" else r"(?!['=@＝＋－＠]|[+-](?![0-9 ()./-]*\Z))"
        try:
            return re.compile(f"{start}(?={_CHARACTER}{{{self.least},{self.most}}}\\Z)(?:{self._written})").fullmatch
        except re.error:  # flags in the pattern, which must stand at its very beginning
            return None

    def _without_escape(self, text: str) -> str:
        if is_formula(text):
            how = "write an apostrophe before it" if self.formulas == "escaped" else "no text here may begin so"
            raise must_be("formula", text, f"a text that no spreadsheet takes for a formula ({how})")
        return unescape(text) if self.formulas == "escaped" else text
