"""What a type of column is: how the text of a cell becomes a value, and a value the text of a cell.

A type is one file in column_types/. Its docstring stands in the reference, `options` are the options of a column that
mean something to it. Another package adds its own by an entry point of the group `crossdock.column-types`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import ClassVar

from ..registry import Registry
from .defect import CellError
from .definition import Column, Layout

Value = str | int | Decimal | date | bool | tuple[str, ...] | None
"""What a cell says: None for an empty one; a `datetime` (which is a `date`) is always in UTC."""


class OptionError(ValueError):
    """An option of a column can't be what it is; `option` is "" when it is missing or about several."""

    def __init__(self, option: str, problem: str) -> None:
        super().__init__(problem)
        self.option = option
        self.problem = problem


class ColumnType(ABC):
    """Made once for each column of a layout that is read or written. `decode` sees no empty cells."""

    options: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, column: Column, layout: Layout) -> None:
        """Raises: OptionError."""
        self.column = column
        self.layout = layout

    @property
    @abstractmethod
    def expected(self) -> str:
        """What stands in such a cell, to follow `must be`: `a whole number from 1 to 99`."""

    @property
    def is_plain(self) -> Callable[[str], object] | None:
        """Whether a text is its own value, without anything to be looked at; None where that can't be said simply."""
        return None

    @abstractmethod
    def decode(self, text: str) -> Value:
        """Raises: CellError."""

    @abstractmethod
    def encode(self, value: Value) -> str:
        """Only the form is seen to: whether it would be read back as the same value is seen by the writer.

        Raises: CellError `value` when it is no value of this type.
        """

    def wrong_value(self, value: object, wanted: str) -> CellError:
        return CellError("value", f"is a {type(value).__name__}, {value!r:.80}, but must be {wanted}")


column_types: Registry[type[ColumnType]] = Registry("column-type", f"{__package__}.column_types")
