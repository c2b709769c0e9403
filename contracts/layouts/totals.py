"""Control totals: what is counted while rows go by, to be compared with what the trailer says.

All rows count, the rejected ones too, because the sender counted what it wrote. Where the cell that is added up is
itself unreadable the total can't be known, and nothing is said about it; nor about the number of rows where a record
that may go over several lines has no end.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from decimal import Context, Decimal, Inexact, localcontext

from .cross_check import Cells
from .defect import CellError, must_be
from .definition import Layout, TrailerField, TrailerRecord
from .event import Total

HASH_DIGITS = 10
HASH_MODULUS = 10_000_000_000
_NO_DIGITS = bytes(set(range(256)) - set(b"0123456789"))
_EXACT = Context(prec=60, traps=[Inexact])
_CHECKSUM = re.compile(r"[0-9A-Fa-f]{8}")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,19}")


class Digits(dict[str, int]):
    """Text → its digits, read as one number, of which the last ten count."""

    def __missing__(self, text: str) -> int:
        octets = text.encode("utf-8", "surrogatepass")
        number = int(octets.translate(None, _NO_DIGITS)[-HASH_DIGITS:] or b"0")
        if len(self) < 10_000 and len(text) <= 64:
            self[text] = number
        return number


class Totals:
    """What was counted so far."""

    def __init__(self, layout: Layout) -> None:
        record = layout.trailer_record
        self._record = record or TrailerRecord(fields=())
        self._signs = (layout.dialect.decimal_sign, layout.dialect.thousands_sign)
        self.quantity_place = _place(layout, self._record.quantity_sum, "quantity_sum" in self._record.fields)
        self.hash_place = _place(layout, self._record.hash_total, "hash_total" in self._record.fields)
        self.checks_octets = "checksum" in self._record.fields
        self.rows = 0
        self._quantity = Decimal(0)
        self._hash = 0
        self._digits = Digits()
        self._uncounted = dict.fromkeys(("rows", "quantity_sum", "hash_total"), 0)
        self._checksum = 0

    def add_octets(self, octets: bytes) -> None:
        """Bytes before the trailer, in their order."""
        self._checksum = zlib.crc32(octets, self._checksum)

    def add_quantities(self, column: Cells) -> None:
        """The values of the column that is added up."""
        numbers = [value for value in column if isinstance(value, (Decimal, int))]
        if len(numbers) < len(column):
            self._uncounted["quantity_sum"] += sum(isinstance(value, CellError) for value in column)
        with localcontext(_EXACT):
            self._quantity += sum(numbers, Decimal(0))

    def add_hashes(self, texts: Sequence[str]) -> None:
        """The texts of the column whose digits are added up."""
        self._hash += sum(map(self._digits.__getitem__, texts))

    def add_uncounted(self, rows: int, endless: int) -> None:
        """Rows that could not be cut into their cells; of `endless` ones it is not even clear whether they are rows."""
        self._uncounted["quantity_sum"] += rows
        self._uncounted["hash_total"] += rows
        self._uncounted["rows"] += endless

    def counted(self, name: TrailerField) -> int | Decimal | str:
        match name:
            case "rows":
                return self.rows
            case "quantity_sum":
                return self._quantity
            case "hash_total":
                return self._hash % HASH_MODULUS
            case "checksum":
                return f"{self._checksum:08X}"

    def written(self) -> list[str]:
        """The cells of the trailer record for what was counted."""
        return [self._record.mark, *(self._text(name) for name in self._record.fields)]

    def compared(self, cells: Sequence[str]) -> tuple[list[Total], list[tuple[str, CellError]]]:
        """The cells of the trailer record after its mark: the totals, and what was unreadable, by name."""
        totals: list[Total] = []
        errors: list[tuple[str, CellError]] = []
        for name, text in zip(self._record.fields, cells, strict=False):
            try:
                said = self._said(name, text)
            except CellError as error:
                errors.append((name, error))
                continue
            uncounted = self._uncounted.get(name, 0)
            totals.append(Total(name=name, said=said, counted=self.counted(name), uncounted=uncounted))
        return totals, errors

    def _text(self, name: TrailerField) -> str:
        counted = self.counted(name)
        return f"{counted:f}".replace(".", self._signs[0]) if isinstance(counted, Decimal) else str(counted)

    def _said(self, name: TrailerField, text: str) -> int | Decimal | str:
        decimal_sign, thousands_sign = self._signs
        if name == "checksum":
            if not _CHECKSUM.fullmatch(text):
                raise must_be("trailer_record", text, "a checksum of 8 hexadecimal digits")
            return text.upper()
        plain = text.replace(thousands_sign, "") if thousands_sign else text
        if name == "quantity_sum":
            whole, _, decimals = plain.removeprefix("-").partition(decimal_sign)
            if not _WHOLE.fullmatch(whole) or (decimal_sign in plain and not _is_digits(decimals)):
                raise must_be("trailer_record", text, "a sum of quantities")
            return Decimal(plain.replace(decimal_sign, "."))
        if not _WHOLE.fullmatch(plain):
            raise must_be("trailer_record", text, "a whole number")
        return int(plain)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _place(layout: Layout, column: str, is_wanted: bool) -> int | None:
    return layout.place(column) if is_wanted else None
