"""Values and events of a CSV file as people read them."""

from __future__ import annotations

import shutil
import textwrap
from datetime import date, datetime
from decimal import Decimal

from ....contracts.layouts import FileHeading, Layout, Total, Trailer, Value
from ....contracts.layouts.visible import visible

WIDEST = 120


def width() -> int:
    """How many characters fit on a line here."""
    return min(shutil.get_terminal_size((100, 24)).columns, WIDEST)


def shown(value: Value, most: int = 60) -> str:
    """The value on one line; "" for an empty cell."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case tuple():
            return visible(", ".join(value), most)
    return visible(str(value), most)


def moment(value: datetime) -> str:
    """`2026-03-02 17:00:00 UTC`."""
    return value.replace(tzinfo=None).isoformat(sep=" ") + " UTC"


def folded(text: str, indent: str = "", later: str | None = None) -> str:
    """The text in lines that fit."""
    return textwrap.fill(text, width(), initial_indent=indent, subsequent_indent=indent if later is None else later)


def headline(file: str, layout: Layout) -> str:
    """`x.csv: Shipment confirmation (ship_confirm, version 1)`."""
    return f"{visible(file, 200)}: {layout.title} ({layout.name}, version {layout.version})"


def heading_line(heading: FileHeading) -> str:
    """`number 17, from regional to layer, made 2026-03-02 17:00:00 UTC`; "" when the file says nothing of it."""
    parts = [
        f"number {heading.sequence}" if heading.sequence is not None else "",
        f"from {heading.sender}" if heading.sender else "",
        f"to {heading.receiver}" if heading.receiver else "",
        f"made {moment(heading.created)}" if heading.created else "",
    ]
    return ", ".join(filter(None, parts)).replace(f", to {heading.receiver}", f" to {heading.receiver}")


def totals_line(layout: Layout, trailer: Trailer) -> str:
    """`rows 3, quantity_sum 9 (qty_shipped), hash_total 3000003 (shipment_id): as counted`."""
    if not trailer.totals:
        return "no control totals"
    agree = [total.agrees for total in trailer.totals]
    verdict = "not as counted" if False in agree else "as counted" if all(agree) else "not all could be counted"
    return f"{', '.join(_total(layout, total) for total in trailer.totals)}: {verdict}"


def _total(layout: Layout, total: Total) -> str:
    record = layout.trailer_record
    column = {"quantity_sum": record.quantity_sum, "hash_total": record.hash_total}.get(total.name) if record else ""
    return f"{total.name} {total.said}{f' ({column})' if column else ''}"
