"""A CSV file in words: what it is, how it is written, what its rows say, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ....contracts.layouts import End, Event, FileError, Header, Layout, RejectedRow, Row, Trailer
from ....contracts.layouts.column_type import column_types
from ....contracts.layouts.definition import Column
from ....contracts.layouts.visible import visible
from .shown import folded, heading_line, headline, shown, totals_line
from .verdict import Mistakes, outcome

MISTAKES = 20
_QUOTING = {
    "minimal": "{} around a cell where it is needed",
    "all": "{} around every cell",
    "none": "no quotes",
}


def words(file: str, layout: Layout, events: Iterable[Event], most: int) -> Iterator[str]:
    """The first `most` good rows are explained, all that is wrong is told."""
    yield headline(file, layout)
    yield folded(layout.description)
    yield ""
    yield folded(_dialect(layout), later="  ")
    explained: list[Row] = []
    mistakes = Mistakes(MISTAKES)
    for event in events:
        match event:
            case Header():
                yield from _header(layout, event)
            case Row() if len(explained) < most:
                yield from _row(layout, event, explained[-1] if explained else None)
                explained.append(event)
            case RejectedRow():
                yield f"\nRow {event.number} (line {event.line}) is rejected:"
                yield from mistakes.of(event)
            case FileError():
                yield "\nThe file is rejected:"
                yield from mistakes.of(event)
            case Trailer():
                yield f"\nLine {event.line}, the trailer: {totals_line(layout, event)}."
            case End():
                yield from mistakes.rest()
                if event.rows > len(explained):
                    yield f"\n{event.rows - len(explained):,} more good rows are not explained here: --rows."
                yield f"\n{outcome(layout, event)}"


def _dialect(layout: Layout) -> str:
    dialect, dates = layout.dialect, layout.dates
    thousands = f", {dialect.thousands_sign!r} between thousands" if dialect.thousands_sign else ""
    parts = [
        f"{dialect.delimiter!r} between cells",
        _QUOTING[dialect.quoting].format(dialect.quote),
        f"lines end with {'CR LF' if dialect.line_ending == 'crlf' else 'LF'}",
        dialect.encoding,
        f"decimals after {dialect.decimal_sign!r}{thousands}",
        f"dates {dates.date}",
        f"times {dates.timestamp} ({dates.zone})",
    ]
    return f"Written with {', '.join(parts)}."


def _header(layout: Layout, header: Header) -> Iterator[str]:
    if said := heading_line(header.heading):
        yield f"\nThe header: {header.type}, {said}."
    unknown = sum(not name for name in header.columns)
    missing = [column.name for column in layout.columns if column.name not in header.columns]
    others = f", {unknown} of them unknown to the layout" if unknown else ""
    without = f"; not there: {', '.join(missing)}" if missing else ""
    yield f"Line {header.line}: {len(header.columns)} columns{others}{without}."


def _row(layout: Layout, row: Row, before: Row | None) -> Iterator[str]:
    """Every cell of the first row; of the others what is not as in the one before."""
    changed = [
        column
        for column in layout.columns
        if (row[column.name] is not None if before is None else row[column.name] != before[column.name])
    ]
    like = f", as row {before.number} but for" if before is not None else ""
    yield f"\nRow {row.number} (line {row.line}){like}:"
    widest = max((len(column.name) for column in changed), default=0)
    for column in changed:
        text = f"{column.name.ljust(widest)}  {_said(layout, column, row)}"
        yield folded(text, indent="  ", later=" " * (widest + 4))


def _said(layout: Layout, column: Column, row: Row) -> str:
    value = row[column.name]
    if value is None:
        return "(empty)"
    text = column_types[column.type](column, layout).encode(value)
    said = shown(value)
    unit = shown(row[column.unit]) if column.unit else ""
    if column.type in ("code", "flag", "timestamp", "date", "list") and text != said:
        said = f"{visible(text)} = {said}"
    return f"{said}{f' {unit}' if unit else ''} · {column.meaning}"
