"""A CSV file in our own writing, as records to be changed. It is not checked: it is there to be broken."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ...contracts.layouts import layout
from ...contracts.layouts.totals import Totals

SEQUENCE = 4  # in the header record: its mark, type, sender, receiver, number


@dataclass(slots=True)
class CsvFile:
    """Header record, column names, rows and trailer record, each as its cells."""

    header: list[str]
    columns: list[str]
    rows: list[list[str]]
    trailer: list[str]

    @classmethod
    def of(cls, content: bytes) -> CsvFile:
        """Of what our CSV channel wrote."""
        header, columns, *rows, trailer = csv.reader(io.StringIO(content.decode(), newline=""))
        return cls(header, columns, rows, trailer)

    def place(self, column: str) -> int:
        """Raises: ValueError when it has no such column."""
        return self.columns.index(column)

    def fill(self, column: str, value: str) -> None:
        """Write the value into every row."""
        for row in self.rows:
            row[self.place(column)] = value

    def recount(self) -> None:
        """Have the trailer say what there is."""
        form = layout(self.header[1])
        totals = Totals(form)
        totals.rows = len(self.rows)
        if totals.quantity_place is not None:
            totals.add_quantities([Decimal(row[totals.quantity_place] or 0) for row in self.rows])
        if totals.hash_place is not None:
            totals.add_hashes([row[totals.hash_place] for row in self.rows])
        self.trailer = totals.written()

    def octets(self, *, line_ending: Literal["\r\n", "\n"] = "\r\n", quoted: bool = False) -> bytes:
        """Written again; with `quoted` around every cell."""
        text = io.StringIO(newline="")
        quoting: Literal[0, 1] = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
        writer = csv.writer(text, lineterminator=line_ending, quoting=quoting)
        writer.writerows([self.header, self.columns, *self.rows, self.trailer])
        return text.getvalue().encode()
