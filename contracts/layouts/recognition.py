"""Which layout a file is of: by its header record, else by its column names, else by its name."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from .column_row import located
from .definition import Layout
from .file_name import heading_in
from .header_record import HeadingCells
from .octets import other_kind
from .records import csv_form
from .visible import quoted

BEGINNING = 1 << 14
"""Bytes of a file that are enough to recognise it by."""


def recognised(beginning: bytes, name: str, layouts: Sequence[Layout]) -> Layout:
    """The one layout that fits. Raises: LookupError with a sentence that says why there is none, or not one."""
    if not beginning:
        raise LookupError("there is nothing in the file")
    if kind := other_kind(beginning):
        raise LookupError(f"is {kind}")
    for by in (_by_header, _by_columns, _by_name):
        fitting = [layout for layout in layouts if by(layout, beginning, name)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = " and ".join(layout.name for layout in fitting)
            raise LookupError(f"fits more than one layout, {names}: say which with --layout")
    first = quoted(beginning.split(b"\n", 1)[0].decode("utf-8", "surrogateescape").rstrip("\r"))
    known = ", ".join(layout.name for layout in layouts)
    raise LookupError(
        f"begins with {first}, which is neither the header record nor the column names of any layout that is known "
        f"({known}): name another with --layout"
    )


def _by_header(layout: Layout, beginning: bytes, _name: str) -> bool:
    cells = next(_first_records(layout, beginning), None)
    return layout.header_record is not None and cells is not None and not HeadingCells(layout).is_ours(cells)


def _by_columns(layout: Layout, beginning: bytes, _name: str) -> bool:
    if layout.header_record is not None or layout.column_names.row == "absent":
        return False
    cells = next(_first_records(layout, beginning), None)
    return cells is not None and not located(layout, cells)[1]


def _by_name(layout: Layout, _beginning: bytes, name: str) -> bool:
    return heading_in(layout, name) is not None


def _first_records(layout: Layout, beginning: bytes) -> Iterator[list[str]]:
    text = beginning.decode(*layout.dialect.codec).removeprefix("\ufeff")
    try:
        yield from filter(None, csv.reader(text.splitlines(keepends=True)[:20], **csv_form(layout)))
    except csv.Error:
        return
