"""list"""

from __future__ import annotations

from ..column_type import Value, column_types
from ..defect import CellError
from ..definition import Column, Layout
from .text import Text


@column_types.register("list")
class TextList(Text):
    """Several texts in one cell with `separator` between them, at most `max_items`, none of them twice."""

    options = frozenset({"max_length", "separator", "max_items", "formulas"})

    def __init__(self, column: Column, layout: Layout) -> None:
        super().__init__(column, layout)
        self.longest_item = self.most
        self.most = layout.limits.row_length

    @property
    def is_plain(self) -> None:
        return None

    @property
    def expected(self) -> str:
        column = self.column
        return f"1 to {column.max_items} texts of at most {self.longest_item} characters between {column.separator!r}"

    def decode(self, text: str) -> Value:
        whole = super().decode(text)
        assert isinstance(whole, str)
        items = tuple(whole.split(self.column.separator))
        if problem := self._problem(items):
            raise CellError("list", f"{problem}, but must be {self.expected}")
        return items

    def encode(self, value: Value) -> str:
        if not isinstance(value, tuple) or not all(isinstance(item, str) for item in value):
            raise self.wrong_value(value, "a tuple of texts")
        return super().encode(self.column.separator.join(value))

    def _problem(self, items: tuple[str, ...]) -> str:
        if "" in items:
            return f"has an empty item among {len(items)}"
        if len(items) > self.column.max_items:
            return f"has {len(items)} items"
        if len(set(items)) < len(items):
            return "has an item twice"
        longest = max(map(len, items))
        return f"has an item of {longest} characters" if longest > self.longest_item else ""
