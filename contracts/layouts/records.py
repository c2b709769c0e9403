"""Lines of text cut into records, records into cells, by the quoting of RFC 4180.

The standard library's reader does the cutting, strictly. What it leaves open is settled here:

* A quote that is never closed would swallow all rows after it. Where no cell may hold a line break, a line is a record,
  whatever quotes it has. Where one may, a record that does not end within the limit, or that ends wrongly, costs its
  first line only, and reading goes on with the line after it.
* The reader takes a quote inside a cell without quotes for a character. Other readers refuse it or take it for
  something else, so it is refused.
* Empty lines are no records.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .defect import CellError
from .definition import Layout


@dataclass(slots=True)
class Records:
    """Some records in their order: the cells of each, the text it was read from, the line it begins in.

    `broken` says which could not be cut into cells, and why; they have none.
    """

    cells: list[list[str]] = field(default_factory=list)
    texts: Sequence[str] = ()
    lines: Sequence[int] = ()
    broken: dict[int, CellError] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.cells)

    def part(self, start: int, end: int) -> Records:
        """Those from `start` to before `end`."""
        broken = {place - start: error for place, error in self.broken.items() if start <= place < end}
        return Records(self.cells[start:end], self.texts[start:end], self.lines[start:end], broken)

    def only(self, places: Sequence[int]) -> Records:
        """Those at these places."""
        return Records(
            [self.cells[place] for place in places],
            [self.texts[place] for place in places],
            [self.lines[place] for place in places],
            {new: self.broken[old] for new, old in enumerate(places) if old in self.broken},
        )


class RecordReader:
    """Keeps what is not yet a whole record from one call to the next."""

    def __init__(self, layout: Layout) -> None:
        dialect = layout.dialect
        self._form: dict[str, Any] = csv_form(layout)
        self._limit = layout.limits.row_length
        self._multiline = layout.has_line_breaks and dialect.quoting != "none"
        self._quote = "" if dialect.quoting == "none" else dialect.quote
        self._well_quoted = _well_quoted(dialect.delimiter, dialect.quote, dialect.text_formulas == "allowed")
        self._waiting: list[str] = []
        self._line = 1

    def feed(self, text: str, *, last: bool) -> Records:
        """The records in what waits and in `text`, which ends with a line unless it is the `last`."""
        lines = self._waiting + list(io.StringIO(text, newline="\n"))
        self._waiting = []
        records = self._at_once(lines, text) or self._one_by_one(lines, last)
        self._line += len(lines) - len(self._waiting)
        return _without_empty(records)

    def _at_once(self, lines: list[str], text: str) -> Records | None:
        """All lines, when each of them is a record and nothing is wrong with it; else None."""
        if lines and max(map(len, lines)) > self._limit:
            return None
        try:
            cells = list(csv.reader(lines, **self._form))
        except csv.Error:
            return None
        if len(cells) != len(lines):
            return None
        if self._quote and self._quote in text and not self._all_well_quoted(cells, lines):
            return None
        return Records(cells, lines, range(self._line, self._line + len(lines)))

    def _all_well_quoted(self, cells: list[list[str]], lines: list[str]) -> bool:
        quote = self._quote
        return all(
            quote not in line or not any(quote in cell for cell in row) or self._well_quoted.fullmatch(line)
            for row, line in zip(cells, lines, strict=True)
        )

    def _one_by_one(self, lines: list[str], last: bool) -> Records:
        cells: list[list[str]] = []
        texts: list[str] = []
        numbers: list[int] = []
        broken: dict[int, CellError] = {}
        place = 0
        while place < len(lines):
            found, length = self._record(lines, place)
            if found is None:
                if not last:
                    self._waiting = lines[place:]
                    break
                found = CellError("quoting", _never_closed(self._quote))
            if isinstance(found, CellError):
                broken[len(cells)] = found
                length = 1
            cells.append([] if isinstance(found, CellError) else found)
            texts.append("".join(lines[place : place + length]))
            numbers.append(self._line + place)
            place += length
        return Records(cells, texts, numbers, broken)

    def _record(self, lines: list[str], place: int) -> tuple[list[str] | CellError | None, int]:
        """The record that begins in this line and how many lines it has; None when its end is not there yet."""
        line = lines[place]
        if len(line) > self._limit + 2:
            return CellError("row_length", f"has more than {self._limit} characters, which is the limit"), 1
        feed = _Lines(lines, place, self._limit if self._multiline else 0)
        try:
            cells = next(csv.reader(feed, **self._form))
        except StopIteration:
            return [], 1
        except csv.Error as error:
            if feed.is_out_of_lines:
                return None, 0
            return CellError("quoting", self._reason(feed, line, error)), 1
        text = "".join(lines[place : place + feed.count])
        if self._quote and any(self._quote in cell for cell in cells) and not self._well_quoted.fullmatch(text):
            return CellError("quoting", f"has a {self._quote} inside a cell that is not quoted"), 1
        return cells, feed.count

    def _reason(self, feed: _Lines, line: str, error: csv.Error) -> str:
        if feed.wanted_more:
            if feed.is_over_limit:
                return f"{_never_closed(self._quote)} within {self._limit} characters"
            return f"{_never_closed(self._quote)}; this layout has no line breaks in cells"
        if "\r" in line.rstrip("\r\n"):
            return "has a carriage return inside a line: lines end with CR LF or LF, not with CR alone"
        if self._quote and self._quote in line:
            return f"has something else than {self._form['delimiter']!r} after a quote that closes a cell"
        return f"can't be read: {error}"


class _Lines:
    """Lines from a place on, as long as a record may have more; knows whether the reader asked beyond them."""

    def __init__(self, lines: list[str], place: int, limit: int) -> None:
        self._lines = lines
        self._place = place
        self._limit = limit
        self._length = 0
        self.count = 0
        self.wanted_more = False
        self.is_over_limit = False
        self.is_out_of_lines = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.count:
            self.wanted_more = True
            if not self._limit:
                raise StopIteration
            if self._place + self.count == len(self._lines):
                self.is_out_of_lines = True
                raise StopIteration
        line = self._lines[self._place + self.count]
        self._length += len(line)
        if self.count and self._length > self._limit:
            self.is_over_limit = True
            raise StopIteration
        self.count += 1
        return line


def csv_form(layout: Layout) -> dict[str, Any]:
    """What the standard library's csv wants to know of a dialect."""
    dialect = layout.dialect
    quoting = {"minimal": csv.QUOTE_MINIMAL, "all": csv.QUOTE_ALL, "none": csv.QUOTE_NONE}[dialect.quoting]
    return {
        "delimiter": dialect.delimiter,
        "quotechar": None if dialect.quoting == "none" else dialect.quote,
        "doublequote": True,
        "quoting": quoting,
        "lineterminator": dialect.line_end,
        "strict": True,
    }


def _well_quoted(delimiter: str, quote: str, text_formulas: bool) -> re.Pattern[str]:
    q, d = re.escape(quote), re.escape(delimiter)
    formula = f'="[^"{d}\r\n]*+"|' if text_formulas else ""
    cell = f"(?:{formula}{q}(?:[^{q}]++|{q}{q})*+{q}|[^{q}{d}\r\n]*+)"
    return re.compile(f"{cell}(?:{d}{cell})*+\r?\n?")


def _never_closed(quote: str) -> str:
    return f"opens a cell with {quote} that is never closed"


def _without_empty(records: Records) -> Records:
    if [] not in records.cells or len(records.broken) == records.cells.count([]):
        return records
    return records.only([place for place, cells in enumerate(records.cells) if cells or place in records.broken])
