"""decimal"""

from __future__ import annotations

import re
from decimal import Decimal

from ..column_type import ColumnType, OptionError, Value, column_types
from ..defect import must_be
from ..definition import Column, Layout

MOST_DIGITS = 20
MOST_DECIMALS = 10


@column_types.register("decimal")
class DecimalNumber(ColumnType):
    """A decimal number with the dialect's signs, without exponent; at most `scale` decimals, from `minimum` to
    `maximum`.
    """

    options = frozenset({"minimum", "maximum", "scale", "all_decimals"})
    noun = "a number"

    def __init__(self, column: Column, layout: Layout) -> None:
        super().__init__(column, layout)
        self.minimum, self.maximum = _bound(column.minimum), _bound(column.maximum)
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise OptionError("minimum", f"is {self.minimum}, but maximum is {self.maximum}")
        self.scale = MOST_DECIMALS if column.scale is None else column.scale
        self.decimal_sign = layout.dialect.decimal_sign
        self.thousands_sign = layout.dialect.thousands_sign
        grouped = rf"[1-9][0-9]{{0,2}}(?:{re.escape(self.thousands_sign)}[0-9]{{3}})+|" if self.thousands_sign else ""
        whole = rf"-?(?:{grouped}0|[1-9][0-9]*)"
        self._match = re.compile(rf"{whole}(?:{re.escape(self.decimal_sign)}[0-9]+)?").fullmatch

    @property
    def expected(self) -> str:
        decimals = f"{self.scale} decimal{'' if self.scale == 1 else 's'} after {self.decimal_sign!r}"
        return f"{self.noun}{self.bounds}{f' with at most {decimals}' if self.scale else ''}"

    @property
    def bounds(self) -> str:
        """` from 1 to 99`, "" where there are none."""
        if self.minimum is not None and self.maximum is not None:
            return f" from {self.minimum} to {self.maximum}"
        if self.minimum is not None:
            return f" of at least {self.minimum}"
        return f" of at most {self.maximum}" if self.maximum is not None else ""

    def decode(self, text: str) -> Value:
        return self.number(text)

    def number(self, text: str) -> Decimal:
        """Raises: CellError `number`, `range`."""
        if not self._match(text):
            raise must_be("number", text, self.expected, self._sign_hint(text))
        plain = text.replace(self.thousands_sign, "") if self.thousands_sign else text
        whole, _, decimals = plain.partition(self.decimal_sign)
        if len(whole) > MOST_DIGITS or len(decimals) > self.scale:
            raise must_be("range", text, self.expected)
        value = Decimal(f"{whole}.{decimals}" if decimals else whole)
        if (self.minimum is not None and value < self.minimum) or (self.maximum is not None and value > self.maximum):
            raise must_be("range", text, self.expected)
        return value

    def encode(self, value: Value) -> str:
        if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
            raise self.wrong_value(value, "a Decimal or an int")
        number = Decimal(value)
        if not number.is_finite():
            raise self.wrong_value(value, "a finite number")
        sign, digits, exponent = number.as_tuple()
        assert isinstance(exponent, int)
        if len(digits) + abs(exponent) > 2 * MOST_DIGITS:
            raise self.wrong_value(value, self.expected)
        whole, _, decimals = f"{number:f}".lstrip("-").partition(".")
        if self.column.all_decimals:
            decimals = decimals.ljust(self.scale, "0")
        if self.thousands_sign:
            whole = f"{int(whole):,}".replace(",", self.thousands_sign)
        return "".join(("-" if sign else "", whole, self.decimal_sign if decimals else "", decimals))

    def _sign_hint(self, text: str) -> str:
        other = {".": ",", ",": "."}[self.decimal_sign]
        if other in text and other != self.thousands_sign:
            return f"the decimal sign is {self.decimal_sign!r}" if self.scale else ""
        return ""


def _bound(value: int | str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
