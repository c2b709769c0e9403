"""quantity"""

from __future__ import annotations

from decimal import Decimal

from ..column_type import column_types
from ..defect import must_be
from ..definition import Column, Layout
from .decimal import DecimalNumber

MOST = Decimal("999999999.999")  # contracts/canonical/v1/quantity.json
_BOUNDS = {"positive": " above 0", "unsigned": " of 0 or more", "signed": " above or below 0"}


@column_types.register("quantity")
class QuantityNumber(DecimalNumber):
    """How much of something, in the unit that the column `unit` names: at most nine digits and, unless `scale` says
    less, three decimals. `sign` says whether it may be 0 or below.
    """

    options = frozenset({"scale", "all_decimals", "sign", "unit"})
    noun = "a quantity"

    def __init__(self, column: Column, layout: Layout) -> None:
        super().__init__(column, layout)
        self.scale = 3 if column.scale is None else min(column.scale, 3)

    @property
    def bounds(self) -> str:
        return _BOUNDS[self.column.sign]

    def number(self, text: str) -> Decimal:
        value = super().number(text)
        sign = self.column.sign
        too_small = value <= 0 if sign == "positive" else value.is_signed() and sign == "unsigned"
        if too_small or abs(value) > MOST:
            raise must_be("range", text, self.expected)
        return value
