"""A CSV file as its records: the header, the rows by column, and whether what the trailer says is true of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from .paper import Incomplete, Unreadable

Row = dict[str, str]
# Type of file → the column that is added up, "" for none, and the one of the hash total.
TOTALS = {
    "ship_confirm": ("qty_shipped", "shipment_id"),
    "tracking": ("", "tracking_no"),
    "return_receipt": ("qty_received", "receipt_id"),
    "stock_snapshot": ("on_hand", "sku"),
    "stock_movement": ("qty", "movement_id"),
    "pick_ack": ("", "request_row"),
}
HEADER_CELLS = 6
NOT_ALL = "(the row has not as many cells as there are columns)"


def hash_total(values: Iterable[str]) -> int:
    """The sum of the digits of each value, read as one number; ten digits of it count."""
    return sum(int("".join(filter(str.isdigit, value))[-10:] or 0) for value in values) % 10**10


def table(content: bytes) -> tuple[list[str], list[Row]]:
    """The header record and the rows by column; a row that has not as many cells as there are columns has `NOT_ALL`
    in each. Raises: Incomplete, Unreadable.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"it is not UTF-8: {error}") from error
    records = list(csv.reader(io.StringIO(text, newline=""), strict=False))
    if not records:
        raise Incomplete("the file is empty")
    if records[0][:1] != ["HDR"]:
        raise Unreadable(f"it begins with {records[0][:1]} and not with HDR")
    if records[-1][:1] != ["TRL"] or not text.endswith("\n"):
        raise Incomplete("it has no trailer record")
    header, columns, *rows, trailer = records
    if len(header) < HEADER_CELLS or not header[4].isdecimal():
        raise Unreadable(f"the header record is {header}")
    _see_that_it_adds_up(header[1], columns, rows, trailer)
    return header, [
        dict(zip(columns, row if len(row) == len(columns) else [row[0], *[NOT_ALL] * (len(columns) - 1)], strict=True))
        for row in rows
    ]


def _see_that_it_adds_up(kind: str, columns: list[str], rows: list[list[str]], trailer: list[str]) -> None:
    """Of rows that are torn or whose numbers are none nothing is known. Raises: Unreadable."""
    expected = [str(len(rows))]
    torn = any(len(row) != len(columns) for row in rows)
    quantity, hashed = TOTALS.get(kind, ("", ""))
    if not torn and hashed and {quantity or hashed, hashed} <= set(columns):
        if quantity:
            try:
                total = sum((Decimal(row[columns.index(quantity)] or 0) for row in rows), Decimal(0))
                expected.append(f"{total.normalize():f}")
            except ArithmeticError:  # what is no number is told of its row
                expected.append(trailer[2] if len(trailer) > 2 else "")
        expected.append(str(hash_total(row[columns.index(hashed)] for row in rows)))
    found = trailer[1 : len(expected) + 1]
    if [each.lstrip("0") or "0" for each in found] != [each.lstrip("0") or "0" for each in expected]:
        raise Unreadable(f"the trailer says {', '.join(found)}, but counted were {', '.join(expected)}")
