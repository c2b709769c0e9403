"""Writing a CSV file by its layout, canonically: the same values always make the same bytes.

What is written is read back by the same decoders before it leaves, cell by cell, so that nothing goes out that the
layout would refuse, or that would be read as another value.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from . import column_row
from .cell import CellWriter
from .column_type import Value, column_types
from .cross_check import Cells, cross_checks
from .decoding import BYTE_ORDER_MARKS
from .defect import CellError, Defect
from .definition import Layout
from .event import FileHeading, Row
from .header_record import HeadingCells
from .passed_over import PassingOver
from .records import csv_form
from .totals import Totals
from .visible import quoted

PIECE = 1 << 16

RowsToWrite = Iterable[Mapping[str, Value] | Row]
"""Values by column, or rows as they were read; columns that are not named are empty."""


class Unwritable(ValueError):
    """Values that the layout refuses; `defects` are all of the first row that has any."""

    def __init__(self, *defects: Defect) -> None:
        super().__init__("\n".join(str(defect) for defect in defects))
        self.defects = defects


def write(layout: Layout, heading: FileHeading, rows: RowsToWrite, out: BinaryIO, file: str = "") -> int:
    """Write a whole file; returns how many rows it has.

    Rows go out while others are still being made, so what is in `out` is a file only when this has returned: write
    under another name, then rename. Raises: Unwritable.
    """
    writing = _Writing(layout, file)
    out.writelines(writing.octets(heading, rows))
    return writing.rows


def to_octets(layout: Layout, heading: FileHeading, rows: RowsToWrite, file: str = "") -> bytes:
    """The same, for files that fit into memory. Raises: Unwritable."""
    return b"".join(_Writing(layout, file).octets(heading, rows))


class _Writing:
    def __init__(self, layout: Layout, file: str) -> None:
        self._layout = layout
        self._file = file
        self._names = {column.name: place for place, column in enumerate(layout.columns)}
        self._cells = [CellWriter(column_types[column.type](column, layout)) for column in layout.columns]
        self._checks = cross_checks(layout)
        self._totals = Totals(layout)
        self._passing = PassingOver(layout)
        self._buffer = io.StringIO(newline="")
        self._csv = csv.writer(self._buffer, **csv_form(layout))

    @property
    def rows(self) -> int:
        return self._totals.rows

    def octets(self, heading: FileHeading, rows: RowsToWrite) -> Iterator[bytes]:
        dialect = self._layout.dialect
        wanted = "allowed" if dialect.encoding == "utf-16" else "required"  # without one, who knows UTF-16?
        if dialect.byte_order_mark in ("required", wanted):
            yield BYTE_ORDER_MARKS[dialect.encoding]
        size = 0
        for octets in self._records(heading, rows):
            size += len(octets)
            if size > self._layout.limits.file_size:
                problem = f"comes to more than {self._layout.limits.file_size:,} bytes, which is the limit"
                raise Unwritable(self._defect("file_size", problem))
            yield octets

    def _records(self, heading: FileHeading, rows: RowsToWrite) -> Iterator[bytes]:
        if self._layout.header_record is not None:
            yield self._counted(self._header(heading))
        if self._layout.column_names.row == "present":
            yield self._counted(self._line(column_row.headings(self._layout), row=None))
        held: list[bytes] = []
        size = 0
        for row in rows:
            held.append(self._row(row))
            size += len(held[-1])
            if size > PIECE:
                yield self._counted(b"".join(held))
                held, size = [], 0
        yield self._counted(b"".join(held))
        if self._layout.trailer_record is not None:
            yield self._line(self._totals.written(), row=None)

    def _counted(self, octets: bytes) -> bytes:
        if self._totals.checks_octets:
            self._totals.add_octets(octets)
        return octets

    def _header(self, heading: FileHeading) -> bytes:
        try:
            return self._line(HeadingCells(self._layout).write(heading), row=None)
        except CellError as error:
            raise Unwritable(self._defect(error.code, f"header record: {error.problem}")) from None

    def _row(self, row: Mapping[str, Value] | Row) -> bytes:
        self._totals.rows += 1
        number = self._totals.rows
        if number > self._layout.limits.rows:
            problem = f"there are more than {self._layout.limits.rows:,} rows, which is the limit"
            raise Unwritable(self._defect("rows", problem, number))
        values = self._values(row, number)
        try:
            texts = [cell.text(value) for cell, value in zip(self._cells, values, strict=True)]
        except CellError:
            raise Unwritable(*self._cell_defects(values, number)) from None
        if defects := self._cross_defects(values, number):
            raise Unwritable(*defects)
        if texts[0] in self._layout.marks:
            problem = f"is {quoted(texts[0])}, with which another kind of record begins"
            raise Unwritable(self._defect("reserved", problem, number, self._layout.columns[0].name))
        if self._passing.takes(texts):
            problem = "would be passed over by who reads it, as `passed_over` has it"
            raise Unwritable(self._defect("reserved", problem, number))
        self._add_up(values, texts)
        return self._line(texts, row=number)

    def _values(self, row: Mapping[str, Value] | Row, number: int) -> Sequence[Value]:
        given = row.as_dict() if isinstance(row, Row) else row
        if unknown := [name for name in given if name not in self._names]:
            near = difflib.get_close_matches(unknown[0], self._names, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(self._names)}"
            raise Unwritable(self._defect("value", f"there is no column {unknown[0]!r}: {hint}", number))
        return [given.get(name) for name in self._names]

    def _cell_defects(self, values: Sequence[Value], number: int) -> list[Defect]:
        found = []
        for cell, value, column in zip(self._cells, values, self._layout.columns, strict=True):
            try:
                cell.text(value)
            except CellError as error:
                found.append(self._defect(error.code, error.problem, number, column.name))
        return found

    def _cross_defects(self, values: Cells, number: int) -> list[Defect]:
        found = []
        for check in self._checks:
            if error := check.problem(values[check.place], values[check.by]):
                name = self._layout.columns[check.place].name
                found.append(self._defect(error.code, error.problem, number, name))
        return found

    def _add_up(self, values: Cells, texts: Sequence[str]) -> None:
        totals = self._totals
        if totals.quantity_place is not None:
            totals.add_quantities((values[totals.quantity_place],))
        if totals.hash_place is not None:
            totals.add_hashes((texts[totals.hash_place],))

    def _line(self, cells: Sequence[str], row: int | None) -> bytes:
        """Raises: Unwritable."""
        try:
            self._csv.writerow(cells)
            text = self._buffer.getvalue()
        except csv.Error:
            problem = f"a cell holds {self._layout.dialect.delimiter!r} or a line break, and there are no quotes"
            raise Unwritable(self._defect("quoting", problem, row)) from None
        finally:
            self._buffer.seek(0)
            self._buffer.truncate()
        if len(text) > self._layout.limits.row_length:
            problem = f"has {len(text)} characters, and {self._layout.limits.row_length} are the limit"
            raise Unwritable(self._defect("row_length", problem, row))
        try:
            return text.encode(self._layout.dialect.codec[0])
        except UnicodeEncodeError as error:
            raise Unwritable(self._unencodable(cells, row, text[error.start])) from None

    def _unencodable(self, cells: Sequence[str], row: int | None, character: str) -> Defect:
        place = next((place for place, cell in enumerate(cells) if character in cell), 0)
        column = self._layout.columns[place].name if row is not None else ""
        encoding = self._layout.dialect.encoding
        problem = f"holds {quoted(character)}, which {encoding} does not have"
        return self._defect("encoding", problem, row, column, value=cells[place])

    def _defect(
        self, code: str, problem: str, row: int | None = None, column: str = "", value: str | None = None
    ) -> Defect:
        return Defect(code=code, problem=problem, file=self._file, row=row, column=column, value=value)
