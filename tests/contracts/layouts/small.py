"""Small layouts, written where a test needs one, and files read by them."""

from __future__ import annotations

from pathlib import Path

from crossdock.contracts.layouts import Defect, End, Event, FileError, Layout, RejectedRow, Row, Source, Value, read
from crossdock.contracts.layouts.document import load

PLAIN = """
layout: plain
title: Plain
description: For tests.
version: 1
sent_by: both
header_record: null
trailer_record: null
columns:
  - {name: sku, type: identifier, required: true, meaning: The item.}
  - {name: qty, type: integer, minimum: -999, maximum: 999, required: true, meaning: How many.}
  - {name: note, type: text, max_length: 40, meaning: A word.}
"""
FRAMED = """
layout: framed
title: Framed
description: For tests.
version: 1
sent_by: both
trailer_record: {quantity_sum: qty, hash_total: sku}
columns:
  - {name: sku, type: identifier, required: true, meaning: The item.}
  - {name: qty, type: decimal, scale: 2, required: true, meaning: How many.}
  - {name: note, type: text, max_length: 40, line_breaks: true, meaning: A word.}
"""


def made(folder: Path, text: str, name: str = "layout") -> Layout:
    """The layout that the document says."""
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return load(str(path))


def changed(folder: Path, base: str, text: str, name: str = "changed") -> Layout:
    """The base with these changes on top of it."""
    (folder / "base.yaml").write_text(base, encoding="utf-8")
    return made(folder, f"layout: {name}\nbased_on: ./base.yaml\ntitle: Changed\n{text}", name)


def rows_of(events: list[Event]) -> list[dict[str, Value]]:
    """The good rows, without what is empty."""
    rows = [event for event in events if isinstance(event, Row)]
    return [{name: value for name, value in row.as_dict().items() if value is not None} for row in rows]


def defects_of(events: list[Event]) -> list[Defect]:
    """Everything that is wrong, in the order in which it was told."""
    found: list[Defect] = []
    for event in events:
        if isinstance(event, FileError):
            found.append(event.defect)
        elif isinstance(event, RejectedRow):
            found.extend(event.defects)
    return found


def codes_of(events: list[Event]) -> list[str]:
    return [defect.code for defect in defects_of(events)]


def read_all(source: Source | str, layout: Layout) -> list[Event]:
    """Every event; End is last and once."""
    events = list(read(source.encode() if isinstance(source, str) else source, layout))
    assert [event for event in events if isinstance(event, End)] == [events[-1]]
    return events


def end_of(events: list[Event]) -> End:
    end = events[-1]
    assert isinstance(end, End)
    return end
