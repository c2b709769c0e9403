"""The rows of a CSV file in a table: what is the same in all of them once above it, empty columns not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ....contracts.layouts import End, Event, Header, Layout, Row, Trailer
from .shown import folded, heading_line, headline, shown, totals_line, width
from .verdict import Mistakes, outcome

MISTAKES = 20


def table(file: str, layout: Layout, events: Iterable[Event], most: int) -> Iterator[str]:
    """The first `most` rows, and what is wrong."""
    yield headline(file, layout)
    rows: list[Row] = []
    said: list[str] = []
    mistakes = Mistakes(MISTAKES)
    for event in events:
        said += mistakes.of(event)
        match event:
            case Header():
                if line := heading_line(event.heading):
                    yield line
            case Row() if len(rows) < most:
                rows.append(event)
            case Trailer():
                said.append(totals_line(layout, event))
            case End():
                yield from _rows(rows, event.rows)
                yield from [*said, *mistakes.rest(), outcome(layout, event)]


def _rows(rows: Sequence[Row], count: int) -> Iterator[str]:
    if not rows:
        return
    yield ""
    columns = [name for name in rows[0].places if any(row[name] is not None for row in rows)]
    same = [name for name in columns if len(rows) > 1 and all(row[name] == rows[0][name] for row in rows)]
    if same:
        yield folded("in each of them: " + "; ".join(f"{name}: {shown(rows[0][name])}" for name in same), later="  ")
        yield ""
    different = [name for name in columns if name not in same]
    yield from _grid(rows, different) or _cards(rows, different)
    if count > len(rows):
        yield f"… and {count - len(rows):,} more rows"
    yield ""


def _grid(rows: Sequence[Row], columns: Sequence[str]) -> list[str]:
    """A line a row; nothing where that is too wide."""
    cells = [["row", "line", *columns]]
    cells += [[str(row.number), str(row.line), *(shown(row[name]) for name in columns)] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    if sum(widths) + 2 * len(widths) > width():
        return []
    return ["  ".join(text.ljust(size) for text, size in zip(line, widths, strict=True)).rstrip() for line in cells]


def _cards(rows: Sequence[Row], columns: Sequence[str]) -> Iterator[str]:
    """A paragraph a row."""
    for row in rows:
        values = [f"{name}: {shown(row[name])}" for name in columns if row[name] is not None]
        yield folded(f"row {row.number} (line {row.line})  {'; '.join(values)}", later="  ")
