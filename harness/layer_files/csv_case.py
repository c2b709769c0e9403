"""Cases of a CSV document: other styles, breaks in its header and trailer record, and breaks drawn from its layout."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random

from ...contracts.layouts import End, layout, read
from ...contracts.layouts.definition import Column
from ...scenarios.altered.csv_file import CsvFile
from ...scenarios.faults.other_style import Style, written
from ...scenarios.file_fault import AlteringFault
from ...scenarios.scenario import fault_of
from .file_case import REFUSED, TAKEN, TOLD, FileCase, Maker

STYLES: tuple[Style, ...] = ("all-quoted", "byte-order-mark", "line-feeds")
ENVELOPE: tuple[tuple[str, dict[str, str]], ...] = (
    ("wrong-count", {"of": "rows"}),
    ("wrong-count", {"of": "quantity"}),
    ("wrong-receiver", {}),
)
WRONG = {
    "code": "ZQ",
    "date": "2026-13-99",
    "timestamp": "2026-13-99T25:61:00Z",
    "integer": "ABC",
    "decimal": "ABC",
    "quantity": "4,000",
    "flag": "?",
    "gtin": "ABC",
    "sscc": "ABC",
    "digits": "ABC",
}


def styles() -> list[Maker]:
    return [partial(_styled, style) for style in STYLES]


def broken_envelopes() -> list[Maker]:
    return [partial(_broken_envelope, *each) for each in ENVELOPE]


def drawn(name: str, chance: Random) -> Iterator[Maker]:
    """Breaks of the layout in drawn order: cells that are empty or have a value that is none, cells too many or too
    few, columns that are not there.
    """
    columns = layout(name).columns
    ways = [(column, way) for column in columns for way in ("empty", "wrong", "too many", "left out")]
    chance.shuffle(ways)
    return (partial(_broken, name, *way) for way in ways)


def _styled(style: Style, content: bytes) -> FileCase:
    return FileCase(TAKEN, style, written(content, style))


def _broken_envelope(fault: str, parameters: dict[str, str], content: bytes) -> FileCase | None:
    made = fault_of({"fault": fault, "party": "west", "document": "ship_confirm", **parameters})
    assert isinstance(made, AlteringFault), f"{fault} alters no document"
    document = CsvFile.of(content)
    how = made.alter(document)
    return FileCase(REFUSED, how, document.octets()) if how else None


def _broken(name: str, column: Column, way: str, content: bytes) -> FileCase | None:
    document = CsvFile.of(content)
    if column.heading not in document.columns or not document.rows:
        return None
    place = document.place(column.heading)
    row = document.rows[0]
    if way in ("empty", "wrong"):
        value = "" if way == "empty" else WRONG.get(column.type)
        if value is None or not row[place]:
            return None
        what = f"{column.heading} is {value!r} instead of {row[place]!r}"
        row[place] = value
    elif way == "too many":
        what = f"a cell too many after {column.heading}"
        row.insert(place + 1, "Inc.")
    else:
        what = f"without the column {column.heading}"
        for record in (document.columns, *document.rows):
            del record[place]
    broken = document.octets()
    return FileCase(TOLD, what, broken) if not kept(name, broken) else None


def kept(name: str, content: bytes) -> bool:
    """Whether our own reader takes the file, and every row in it."""
    end = [event for event in read(content, layout(name)) if isinstance(event, End)][-1]
    return end.accepted and not end.rejected
