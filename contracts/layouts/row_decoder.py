"""Rows of texts become rows of values: a whole batch at a time, column by column.

For each column of the layout a CellReader is made once; C code then looks up all cells of a column in it. Only in a
batch in which something is wrong does anybody look at single rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from .cell import CellReader
from .column_row import Places
from .column_type import column_types
from .cross_check import Cells, cross_checks, failures
from .defect import CellError, Defect
from .definition import Layout
from .event import RejectedRow, Row
from .records import Records
from .totals import Totals

Texts = Sequence[str]


class RowDecoder:
    """Counts rows from 1, and adds up the totals as it goes."""

    def __init__(self, layout: Layout, places: Places, totals: Totals, file: str) -> None:
        self._layout = layout
        self._places = places
        self._totals = totals
        self._file = file
        self._readers = [CellReader(column_types[column.type](column, layout)) for column in layout.columns]
        self._checks = cross_checks(layout)
        self._may_go_over_lines = layout.has_line_breaks
        self._names = {column.name: place for place, column in enumerate(layout.columns)}

    def decode(self, records: Records) -> list[Row | RejectedRow]:
        """As many rows as there are records, in their order."""
        width = self._places.width
        first = self._totals.rows + 1
        self._totals.rows += len(records)
        if self._places.empty_end is not False:
            self._cut_empty_ends(records)
        if self._layout.dialect.text_formulas == "allowed":
            _take_texts_out(records)
        if not records.broken and set(map(len, records.cells)) == {width}:
            return self._decoded(records, first, range(len(records)))
        whole = [place for place, cells in enumerate(records.cells) if len(cells) == width]
        endless = len(records.broken) if self._may_go_over_lines else 0
        self._totals.add_uncounted(len(records) - len(whole), endless)
        rows: list[Row | RejectedRow | None] = [None] * len(records)
        for place, row in zip(whole, self._decoded(records, first, whole), strict=True):
            rows[place] = row
        return [row or self._uncut(records, place, first + place) for place, row in enumerate(rows)]

    def _decoded(self, records: Records, first: int, whole: Sequence[int]) -> list[Row | RejectedRow]:
        """Those records that have the right number of cells."""
        if not whole:
            return []
        lines = records.lines
        if len(whole) == len(records):
            texts = list(zip(*records.cells, strict=True))
        else:
            texts = list(zip(*(records.cells[place] for place in whole), strict=True))
            lines = [lines[place] for place in whole]
        columns = [
            self._column(reader, texts, place) for reader, place in zip(self._readers, self._places.of, strict=True)
        ]
        self._add_up(texts, columns)
        numbers = [first + place for place in whole]
        values = zip(*columns, strict=True)
        rows: list[Row | RejectedRow] = list(map(Row, numbers, lines, values, repeat(self._names)))
        for place, errors in sorted(self._errors(columns).items()):
            cells = [column[place] for column in texts]
            rows[place] = self._rejected(records, whole[place], first + whole[place], cells, errors)
        return rows

    def _column(self, reader: CellReader, texts: Sequence[Texts], place: int | None) -> Cells:
        return reader.column(("",) * len(texts[0]) if place is None else texts[place])

    def _add_up(self, texts: Sequence[Texts], columns: Sequence[Cells]) -> None:
        totals = self._totals
        if totals.quantity_place is not None:
            totals.add_quantities(columns[totals.quantity_place])
        if totals.hash_place is not None and (place := self._places.of[totals.hash_place]) is not None:
            totals.add_hashes(texts[place])

    def _errors(self, columns: Sequence[Cells]) -> dict[int, list[tuple[int, CellError]]]:
        """Row of the batch → its errors, each with the column of the layout."""
        found: dict[int, list[tuple[int, CellError]]] = {}
        for place, reader in enumerate(self._readers):
            if reader.failed:
                reader.failed = 0
                for index, value in enumerate(columns[place]):
                    if isinstance(value, CellError):
                        found.setdefault(index, []).append((place, value))
        for check in self._checks:
            if check.is_about_empty and not self._readers[check.place].has_empty:
                continue
            for index, error in failures(check, columns):
                found.setdefault(index, []).append((check.place, error))
        return found

    def _rejected(
        self, records: Records, place: int, number: int, cells: Texts, errors: list[tuple[int, CellError]]
    ) -> RejectedRow:
        by_name = {name: text for name, text in zip(self._places.names, cells, strict=True) if name}
        line = records.lines[place]
        defects = tuple(
            Defect(
                code=error.code,
                problem=error.problem,
                file=self._file,
                row=number,
                line=line,
                column=self._layout.columns[column].name,
                value=by_name.get(self._layout.columns[column].name, ""),
            )
            for column, error in sorted(errors, key=lambda found: found[0])
        )
        return RejectedRow(number=number, line=line, text=records.texts[place], cells=by_name, defects=defects)

    def _uncut(self, records: Records, place: int, number: int) -> RejectedRow:
        """A record that is no row: it could not be cut into cells, or into the right number of them."""
        error = records.broken.get(place) or self._wrong_count(records.cells[place])
        defect = Defect(code=error.code, problem=error.problem, file=self._file, row=number, line=records.lines[place])
        return RejectedRow(
            number=number, line=records.lines[place], text=records.texts[place], cells={}, defects=(defect,)
        )

    def _cut_empty_ends(self, records: Records) -> None:
        """Takes away what stands after the delimiter that ends a row; where all must have one, others are broken."""
        for place, cells in enumerate(records.cells):
            if _has_empty_end(cells, self._places.width):
                del cells[self._places.width :]
            elif self._places.empty_end and len(cells) == self._places.width:
                problem = "has no delimiter after its last cell, as the column names have"
                records.broken[place] = CellError("cell_count", problem)
                cells.clear()

    def _wrong_count(self, cells: list[str]) -> CellError:
        count, width = len(cells), self._places.width
        delimiter = repr(self._layout.dialect.delimiter)
        if _has_empty_end(cells, width):
            why = f"does one stand after the last cell, or is there a {delimiter} in a text without quotes?"
        elif count > width:
            why = f"is there a {delimiter} in a text without quotes?"
        else:
            why = "is the row cut off, or the delimiter another one?"
        return CellError("cell_count", f"has {count} cells, but must have {width}: {why}")


def _take_texts_out(records: Records) -> None:
    """What stands in `="00123"`, which people write to have a spreadsheet keep the zeros."""
    for cells in records.cells:
        for place, cell in enumerate(cells):
            if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
                cells[place] = cell[2:-1]


def _has_empty_end(cells: list[str], width: int) -> bool:
    return len(cells) > width and not any(cells[width:])
