"""What can be wrong with a CSV file, as data first and as a sentence second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec

from .visible import quoted

CODES: Mapping[str, str] = MappingProxyType(
    {
        "empty": "There is nothing in the file.",
        "not_csv": "It is a file of another kind: an archive, an office document, UTF-16.",
        "file_size": "It is larger than the layout allows, and was not read further.",
        "rows": "It has more rows than the layout allows, and was not read further.",
        "encoding": "Bytes that are no characters in the layout's encoding, or characters that it does not have.",
        "byte_order_mark": "The byte order mark is missing where it is required, or is there where it is refused.",
        "line_ending": "A line ends in another way than the layout says.",
        "header_record": "The first record is not that of a file of this type.",
        "column_names": "The row of column names is not the layout's.",
        "trailer_record": "The last record is missing or unreadable: the file may be cut off.",
        "after_trailer": "Something stands after the last record.",
        "total": "A control total is not what was counted.",
        "row_length": "A record is longer than the layout allows.",
        "quoting": "Quotes that do not pair, or that stand inside a cell without quotes.",
        "cell_count": "A row has more or fewer cells than there are columns.",
        "required": "A cell is empty that must not be.",
        "control_character": "A character that is none to be read: NUL, tab, a line break where none may be.",
        "spaces": "Spaces around something that has none.",
        "length": "Too many characters or too few.",
        "pattern": "The text does not have the form that it must have.",
        "formula": "A spreadsheet would take the text for a formula.",
        "number": "It is no number as the layout writes numbers.",
        "exponent": "It is a number with an exponent, as spreadsheets write long digits.",
        "range": "The number is too small, too large, or has too many decimals.",
        "date": "It is no date or time as the layout writes them, or is one that does not exist.",
        "local_time": "The local time does not exist or comes twice on this day, when clocks are changed.",
        "code": "It is not one of the codes.",
        "check_digit": "The last digit is not the check digit of the others (GS1).",
        "lost_zero": "A zero that stood in front is gone, as spreadsheets do it.",
        "list": "The list is empty in places, too long, or says something twice.",
        "value": "A value cannot be written in this column.",
        "inexact": "A value would be read back as another one.",
        "reserved": "The first cell of a row is what begins the header or the trailer record.",
    }
)
"""Code → what it means. The codes are stable: error files carry them."""


class Defect(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is wrong, and where: `row` from 1 is counted below the column names, `line` from 1 in the file.

    `value` is what stands there, as it stands. `problem` is a sentence without the place and without a full stop.
    """

    code: str
    problem: str
    file: str = ""
    row: int | None = None
    line: int | None = None
    column: str = ""
    value: str | None = None

    @property
    def place(self) -> str:
        """`row 3 (line 5), qty_ordered`."""
        where = f"line {self.line}" if self.line is not None else ""
        if self.row is not None:
            where = f"row {self.row} ({where})" if where else f"row {self.row}"
        return ", ".join(part for part in (where, self.column) if part)

    def __str__(self) -> str:
        return ": ".join(part for part in (", ".join(filter(None, (self.file, self.place))), self.problem) if part)


class CellError(ValueError):
    """What is wrong with one cell, or with the value to be written into it, before anybody knows where it stands."""

    def __init__(self, code: str, problem: str) -> None:
        super().__init__(problem)
        self.code = code
        self.problem = problem


def either(things: Iterable[object]) -> str:
    """`5, 9 or 10`."""
    *others, last = map(str, things)
    return f"{', '.join(others)} or {last}" if others else last


def must_be(code: str, text: str, expected: str, hint: str = "") -> CellError:
    """`is "1E5", but must be a whole number: …`."""
    return CellError(code, f"is {quoted(text)}, but must be {expected}{f': {hint}' if hint else ''}")
