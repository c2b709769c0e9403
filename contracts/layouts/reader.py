"""Reading a CSV file by its layout, as a stream of events, in memory that does not grow with the file.

The order is: bytes → text (decoding) → records (records) → header record, column names, rows (row_decoder), trailer.
A file that is not of this layout at all is not read further; in any other case reading goes on to the end, so that
everything that is wrong is told at once.

Source of the form: RFC 4180, and for header, trailer and sequence numbers the practice of warehouses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from . import column_row
from .column_row import Places
from .decoding import Decoding
from .defect import Defect
from .definition import Layout
from .event import End, Event, FileError, FileHeading, Header, RejectedRow, Total, Trailer
from .header_record import HeadingCells
from .octets import Source
from .passed_over import PassingOver
from .records import RecordReader, Records
from .row_decoder import RowDecoder
from .totals import Totals
from .visible import quoted


def read(source: Source, layout: Layout, file: str = "") -> Iterator[Event]:
    """The events of the file (see `event`), End last and always. `file` is the name that defects carry.

    Raises nothing for anything that stands in the file; only what reading the source raises.
    """
    return _Reading(source, layout, file).events()


class _Reading:
    """`_told` are the events that were found and not handed out yet; `_is_over` once nothing more is to be read."""

    def __init__(self, source: Source, layout: Layout, file: str) -> None:
        self._layout = layout
        self._file = file
        self._decoding = Decoding(source, layout)
        self._records = RecordReader(layout)
        self._passing = PassingOver(layout)
        self._totals = Totals(layout)
        self._heading_cells = HeadingCells(layout) if layout.header_record else None
        self._heading: FileHeading | None = None if layout.header_record else FileHeading()
        self._header_line = 1
        self._rows: RowDecoder | None = None
        self._has_trailer = False
        self._is_over = False
        self._has_foreign_line_ending = False
        self._file_errors = 0
        self._good = 0
        self._rejected = 0
        self._content = hashlib.sha256()
        self._told: list[Event] = []

    def events(self) -> Iterator[Event]:
        texts = self._decoding.texts()
        text: str | None = next(texts)
        while text is not None and not self._is_over:
            following = next(texts, None)
            self._take(self._records.feed(text, last=following is None))
            yield from self._told
            self._told.clear()
            text = following
        if not self._is_over:
            self._see_to_the_end()
        yield from self._told
        yield self._end()

    def _take(self, records: Records) -> None:
        """Records in their order: what kind of record is each?"""
        self._tell_of_octets()
        if not len(records) or self._is_over:
            return
        self._see_to_line_endings(records)
        if self._rows is None and (before := self._passing.before(records)):
            self._count_octets(records.part(0, before), is_content=False)
            records = records.part(before, len(records))
        if self._heading is None and len(records):
            self._take_header_record(records.part(0, 1))
            records = records.part(1, len(records))
        if self._rows is None and len(records) and not self._is_over:
            records = self._take_column_names(records)
        while len(records) and not self._is_over:
            end = self._next_mark(records)
            self._take_rows(records.part(0, end))
            if end < len(records) and not self._is_over:
                self._take_marked(records.part(end, end + 1))
            records = records.part(end + 1, len(records))

    def _take_header_record(self, record: Records) -> None:
        assert self._heading_cells is not None
        self._header_line = record.lines[0]
        self._count_octets(record, is_content=False)
        if error := record.broken.get(0) or self._heading_cells.is_ours(record.cells[0]):
            self._give_up("header_record", error.problem, record.lines[0])
            return
        self._heading, errors = self._heading_cells.read(record.cells[0])
        for name, problem in errors:
            self._tell("header_record", problem.problem, record.lines[0], name)

    def _take_column_names(self, records: Records) -> Records:
        """Returns the records after them."""
        if self._layout.column_names.row == "absent":
            self._begin_rows(column_row.usual(self._layout), self._header_line)
            return records
        line = records.lines[0]
        self._count_octets(records.part(0, 1))
        if error := records.broken.get(0):
            self._give_up("column_names", error.problem, line)
            return records
        self._passing.see_column_names(records.cells[0])
        places, errors = column_row.located(self._layout, records.cells[0])
        for error in errors:
            self._give_up("column_names", error.problem, line)
        if not errors:
            self._begin_rows(places, line)
        return records.part(1, len(records))

    def _begin_rows(self, places: Places, line: int) -> None:
        assert self._heading is not None
        self._rows = RowDecoder(self._layout, places, self._totals, self._file)
        self._told.append(
            Header(
                layout=self._layout.name,
                type=self._layout.type_code,
                version=self._layout.version,
                heading=self._heading,
                columns=places.names,
                line=line,
            )
        )

    def _take_rows(self, records: Records) -> None:
        if not len(records):
            return
        if self._has_trailer:
            self._give_up("after_trailer", "stands after the trailer record, which must be the last", records.lines[0])
            return
        assert self._rows is not None
        room = self._layout.limits.rows - self._totals.rows
        taken = records.part(0, room)
        self._count_octets(taken)
        taken = self._passing.rows(taken)
        rows = self._rows.decode(taken) if len(taken) else []
        rejected = sum(isinstance(row, RejectedRow) for row in rows)
        self._rejected += rejected
        self._good += len(rows) - rejected
        self._told += rows
        if len(records) > room:
            self._give_up(
                "rows", f"is more than {self._layout.limits.rows:,} rows, which is the limit", records.lines[room]
            )

    def _next_mark(self, records: Records) -> int:
        """Where the next record is that is no row; the number of records when there is none."""
        marks = self._layout.marks
        firsts = [cells[0] if cells else "" for cells in records.cells]
        places = [firsts.index(mark) for mark in marks if mark in firsts]
        return min(places, default=len(records))

    def _take_marked(self, record: Records) -> None:
        cells, line = record.cells[0], record.lines[0]
        trailer = self._layout.trailer_record
        if trailer is None or cells[0] != trailer.mark:
            self._give_up("header_record", "is a second header record: two files were put together", line)
        elif self._has_trailer:
            self._give_up("after_trailer", "is a second trailer record", line)
        else:
            self._has_trailer = True
            self._take_trailer(cells[1:], line, len(trailer.fields))

    def _take_trailer(self, cells: list[str], line: int, width: int) -> None:
        if len(cells) == width + 1 and not cells[-1] and self._layout.dialect.trailing_delimiter == "allowed":
            cells = cells[:-1]
        if len(cells) != width:
            self._tell("trailer_record", f"has {len(cells) + 1} cells, but must have {width + 1}", line)
            cells = []  # nobody knows which of them is which
        totals, errors = self._totals.compared(cells)
        self._told.append(Trailer(totals=tuple(totals), line=line))
        for name, error in errors:
            self._tell("trailer_record", error.problem, line, name)
        for total in totals:
            if total.agrees is False:
                self._tell("total", _disagreement(total), line, total.name)

    def _see_to_the_end(self) -> None:
        """What is not there at the end of the file."""
        self._tell_of_octets()
        if self._is_over:
            return
        if self._heading is None or (self._rows is None and self._layout.column_names.row == "present"):
            what = "header record" if self._heading is None else "row of column names"
            self._give_up("empty", f"the file ends without a {what}")
            return
        if self._rows is None:
            self._begin_rows(column_row.usual(self._layout), self._header_line)
        if self._layout.trailer_record is not None and not self._has_trailer:
            mark = quoted(self._layout.trailer_record.mark)
            self._tell("trailer_record", f"the file ends without its trailer record {mark}: it may be cut off")

    def _see_to_line_endings(self, records: Records) -> None:
        dialect = self._layout.dialect
        if dialect.other_line_endings == "allowed" or self._has_foreign_line_ending:
            return
        for text, line in zip(records.texts, records.lines, strict=True):
            if text.endswith("\n") and text.endswith("\r\n") != (dialect.line_ending == "crlf"):
                self._has_foreign_line_ending = True
                wanted = "CR LF" if dialect.line_ending == "crlf" else "LF alone"
                self._tell("line_ending", f"ends in another way than with {wanted}", line)
                return

    def _count_octets(self, records: Records, *, is_content: bool = True) -> None:
        octets = "".join(records.texts).encode(*self._layout.dialect.codec)
        if self._totals.checks_octets:
            self._totals.add_octets(octets)
        if is_content:
            self._content.update(octets)

    def _tell_of_octets(self) -> None:
        for code, problem in self._decoding.found:
            self._tell(code, problem)
        self._decoding.found.clear()
        self._is_over = self._is_over or self._decoding.is_stopped

    def _give_up(self, code: str, problem: str, line: int | None = None) -> None:
        self._tell(code, problem, line)
        self._is_over = True

    def _tell(self, code: str, problem: str, line: int | None = None, column: str = "") -> None:
        self._file_errors += 1
        defect = Defect(code=code, problem=problem, file=self._file, line=line, column=column)
        self._told.append(FileError(defect=defect))

    def _end(self) -> End:
        all_good = self._rejected == 0 or self._layout.bad_rows == "reject_row"
        return End(
            accepted=self._file_errors == 0 and all_good,
            rows=self._good,
            rejected=self._rejected,
            file_errors=self._file_errors,
            octets=self._decoding.octets,
            content=self._content.hexdigest() if self._totals.rows else "",
        )


def _disagreement(total: Total) -> str:
    return f"says {total.said}, but {total.counted} was counted: a row was lost, doubled or changed on the way"
