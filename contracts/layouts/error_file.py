"""The error file: what is wrong with a file, for the partner who sent it (contracts/csv/v1/error_file.yaml).

A row of it is one thing that is wrong, so a row with two wrong cells stands there twice. What stood in the bad file is
shown so that nothing of it can do harm: control characters as escapes, formulas behind an apostrophe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from .column_type import Value
from .defect import Defect
from .definition import Layout
from .event import Event, FileError, FileHeading, Header, RejectedRow
from .visible import visible
from .writer import write

MOST_OF_VALUE = 200
MOST_OF_RECORD = 2000
MOST_OF_REASON = 400


def error_rows(events: Iterable[Event], file: str) -> Iterator[dict[str, Value]]:
    """Rows of the error file for what was read from `file`; none when nothing is wrong."""
    about: dict[str, Value] = {"file": visible(file, MOST_OF_VALUE) or None}
    for event in events:
        if isinstance(event, Header):
            heading = event.heading
            about |= {"type": event.type, "sender": heading.sender, "sequence": heading.sequence}
        elif isinstance(event, FileError):
            yield about | _row(event.defect)
        elif isinstance(event, RejectedRow):
            record = visible(event.text.rstrip("\r\n"), MOST_OF_RECORD)
            for defect in event.defects:
                yield about | _row(defect) | {"record": record or None}


def write_error_file(layout: Layout, heading: FileHeading, events: Iterable[Event], file: str, out: BinaryIO) -> int:
    """Write all that is wrong with `file` by `layout` (error_file, or a partner's own); returns how many rows it took.

    Raises: Unwritable.
    """
    return write(layout, heading, error_rows(events, file), out)


def _row(defect: Defect) -> dict[str, Value]:
    return {
        "row": defect.row,
        "line": defect.line,
        "column": visible(defect.column) or None,
        "value": visible(defect.value or "", MOST_OF_VALUE) or None,
        "code": defect.code,
        "reason": visible(defect.problem, MOST_OF_REASON),
    }
