"""A CSV file as JSON (contracts/harness/v1/csv-reading.json), an event a line, so that large files need no memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from ....contracts.layouts import Defect, End, Event, FileError, Header, Layout, RejectedRow, Row, Trailer


def as_json(file: str, layout: Layout, events: Iterable[Event], *, with_rows: bool = True) -> Iterator[str]:
    """The lines of the document."""
    name = _text(file.encode("utf-8", "replace").decode())
    yield f'{{"file": {name}, "layout": {_text(layout.name)}, "layoutVersion": {layout.version}, "events": ['
    before = ""
    for event in events:
        if isinstance(event, End):
            yield before
            end = {
                "accepted": event.accepted,
                "rows": event.rows,
                "rejected": event.rejected,
                "fileErrors": event.file_errors,
                "octets": event.octets,
                "content": event.content,
            }
            yield f"], {_text(end)[1:]}"
        elif with_rows or not isinstance(event, Row):
            if before:
                yield f"{before},"
            before = _text(_event(event))


def _event(event: Header | Row | RejectedRow | Trailer | FileError) -> dict[str, Any]:
    match event:
        case Header():
            heading = {name: value for name, value in _fields(event.heading).items() if value is not None}
            said = {"type": event.type, "version": event.version, **heading}
            return {"kind": "header", "line": event.line, **said, "columns": event.columns}
        case Row():
            values = {name: value for name, value in event.as_dict().items() if value is not None}
            return {"kind": "row", "row": event.number, "line": event.line, "values": values}
        case RejectedRow():
            where = {"row": event.number, "line": event.line}
            defects = [_defect(defect) for defect in event.defects]
            return {"kind": "rejectedRow", **where, "cells": _printable(event.cells), "defects": defects}
        case Trailer():
            totals = [{**_fields(total), "agrees": total.agrees} for total in event.totals]
            return {"kind": "trailer", "line": event.line, "totals": totals}
        case FileError():
            return {"kind": "fileError", "defect": _defect(event.defect)}


def _defect(defect: Defect) -> dict[str, Any]:
    said = _fields(defect)
    said.pop("file")
    return _printable({name: value for name, value in said.items() if value not in (None, "")})


def _fields(struct: msgspec.Struct) -> dict[str, Any]:
    return msgspec.structs.asdict(struct)


def _printable(members: dict[str, Any]) -> dict[str, Any]:
    """Bytes that are no characters can't stand in JSON: U+FFFD takes their place."""
    return {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in members.items()
    }


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()
