"""CSV files by layouts: documents that say how one type of file is written and read (docs/reference/csv.md).

layout("ship_confirm")        the layout of that name, or of a document at a path
read(source, layout)          events: Header, Row, RejectedRow, Trailer, FileError, End
write(layout, heading, …)     a file from values; `to_octets` for one that fits into memory
write_error_file(…)           what is wrong with a file, for the partner who sent it
follow(state, …)              whether a file's sequence number is the next one
"""

from __future__ import annotations

from collections.abc import Sequence

from . import recognition
from .column_type import Value
from .defect import CODES, Defect
from .definition import Layout
from .document import LayoutError, document_named, known, load
from .error_file import error_rows, write_error_file
from .event import End, Event, FileError, FileHeading, Header, RejectedRow, Row, Total, Trailer
from .file_name import file_name, heading_in
from .octets import Source
from .reader import read
from .sequence import SequenceResult, SequenceState, SequenceVerdict, follow
from .writer import Unwritable, to_octets, write

__all__ = [
    "CODES",
    "Defect",
    "End",
    "Event",
    "FileError",
    "FileHeading",
    "Header",
    "Layout",
    "LayoutError",
    "RejectedRow",
    "Row",
    "SequenceResult",
    "SequenceState",
    "SequenceVerdict",
    "Source",
    "Total",
    "Trailer",
    "Unwritable",
    "Value",
    "error_rows",
    "file_name",
    "follow",
    "heading_in",
    "layout",
    "layouts",
    "read",
    "recognise",
    "to_octets",
    "write",
    "write_error_file",
]


def layout(name: str) -> Layout:
    """The layout of that name ("ship_confirm"), or of the document at that path ("partner/ship_confirm.yaml").

    Raises: LookupError when there is none; LayoutError when it can't be used.
    """
    return load(document_named(name))


def layouts() -> list[Layout]:
    """All that come with Crossdock, by name. Raises: LayoutError."""
    return [load(document) for document in known().values()]


def recognise(beginning: bytes, name: str, among: Sequence[Layout] = ()) -> Layout:
    """The layout of a file, by its first bytes (16 KiB are enough) and its name, `among` these or all that are known.

    Raises: LookupError.
    """
    return recognition.recognised(beginning, name, among or layouts())
