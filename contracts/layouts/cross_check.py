"""What one cell of a row demands of another: `required_when` and `lengths_by` of a layout's columns.

A check looks at whole columns, and first only at the different kinds of pairs that stand in them, which are few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from .column_type import Value
from .defect import CellError, either, must_be
from .definition import Layout, LengthsBy, RequiredWhen

Cells = Sequence[Value | CellError]


class CrossCheck(Protocol):
    """`place` is the column that is judged, `by` the one that it is judged by."""

    @property
    def place(self) -> int: ...
    @property
    def by(self) -> int: ...
    @property
    def is_about_empty(self) -> bool:
        """Whether only empty cells can fail."""

    def keys(self, values: Cells) -> Sequence[object]:
        """What counts of each value: where this and the other are right once, they are right everywhere."""

    def problem(self, value: Value | CellError, by: Value | CellError) -> CellError | None:
        """What is wrong with a cell beside the other; None when nothing is, or nothing can be known."""


class RequiredWhenCheck:
    """A cell is empty, and the other says that it must not be."""

    is_about_empty = True

    def __init__(self, layout: Layout, place: int, rule: RequiredWhen) -> None:
        self.place = place
        self.by = layout.place(rule.column)
        self._rule = rule

    def keys(self, values: Cells) -> Sequence[object]:
        return [value is None for value in values]

    def problem(self, value: Value | CellError, by: Value | CellError) -> CellError | None:
        if value is not None or by is None or isinstance(by, CellError):
            return None
        if not self._rule.values:
            return CellError("required", f"is empty, but is required where {self._rule.column} is not")
        if by not in self._rule.values:
            return None
        return CellError("required", f"is empty, but is required where {self._rule.column} is {by}")


class LengthsByCheck:
    """A cell has another length than what the other says goes with it: a postal code by its country."""

    is_about_empty = False

    def __init__(self, layout: Layout, place: int, rule: LengthsBy) -> None:
        self.place = place
        self.by = layout.place(rule.column)
        self._rule = rule

    def keys(self, values: Cells) -> Sequence[object]:
        return [len(value) if isinstance(value, str) else None for value in values]

    def problem(self, value: Value | CellError, by: Value | CellError) -> CellError | None:
        lengths = self._rule.lengths.get(by) if isinstance(by, str) else None
        if lengths is None or not isinstance(value, str) or len(value) in lengths:
            return None
        expected = f"of {either(lengths)} characters where {self._rule.column} is {by}"
        longer = [length for length in lengths if length > len(value)]
        if longer and value.isascii() and value.isdigit():
            filled = value.zfill(min(longer))
            hint = f"if a spreadsheet took the zeros away, it was {filled}"
            return must_be("lost_zero", value, expected, hint)
        return must_be("length", value, expected)


def cross_checks(layout: Layout) -> tuple[CrossCheck, ...]:
    """All of a layout's."""
    checks: list[CrossCheck] = []
    for place, column in enumerate(layout.columns):
        if column.required_when is not None:
            checks.append(RequiredWhenCheck(layout, place, column.required_when))
        if column.lengths_by is not None:
            checks.append(LengthsByCheck(layout, place, column.lengths_by))
    return tuple(checks)


def failures(check: CrossCheck, columns: Sequence[Cells]) -> Iterator[tuple[int, CellError]]:
    """(row of the batch, problem) for every row in which the check fails."""
    values, others = columns[check.place], columns[check.by]
    # One of each kind stands for all of its kind.
    kinds = dict(zip(zip(check.keys(values), others, strict=True), zip(values, others, strict=True), strict=True))
    if any(check.problem(*pair) for pair in kinds.values()):
        for index, pair in enumerate(zip(values, others, strict=True)):
            if problem := check.problem(*pair):
                yield index, problem
