"""What stands in a file and says nothing to programs: a title above the column names, the column names again on each
page of a report, rows of totals, rows of nothing but delimiters. Spreadsheets and reports are full of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from .column_row import headings
from .definition import Layout
from .records import Records


class PassingOver:
    """Which records of a file are passed over, by its layout."""

    def __init__(self, layout: Layout) -> None:
        rule = layout.passed_over
        self._lines_before = rule.lines_before
        self._first_cells = frozenset(rule.first_cells)
        self._empty_rows = rule.empty_rows
        self._names: Sequence[str] | None = headings(layout) if rule.column_names else None
        self._takes_any = bool(self._first_cells or self._empty_rows or self._names is not None)

    def before(self, records: Records) -> int:
        """How many of the records at the beginning stand in lines that come before the file proper."""
        if not self._lines_before:
            return 0
        return sum(line <= self._lines_before for line in records.lines)

    def see_column_names(self, cells: Sequence[str]) -> None:
        """What comes again is the row as it stands in this file."""
        if self._names is not None:
            self._names = list(cells)

    def takes(self, cells: Sequence[str]) -> bool:
        """Whether a row with these cells is none."""
        if not cells or not self._takes_any:
            return False
        return cells[0] in self._first_cells or (self._empty_rows and not any(cells)) or cells == self._names

    def rows(self, records: Records) -> Records:
        """Those that are rows, right or wrong."""
        if not self._takes_any:
            return records
        kept = [place for place, cells in enumerate(records.cells) if not self.takes(cells)]
        return records if len(kept) == len(records) else records.only(kept)
