"""How much of something, as people write it in a scenario: whole pieces, or metres, kilograms and such with at most
three decimals, which is as many as contracts/canonical/v1/quantity.json can carry.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

Amount: TypeAlias = int | float

PIECE, CASE = "EA", "CA"
WHOLE = frozenset({PIECE, CASE})
"""Units of which there are no parts."""
MOST_DECIMALS = 3
MOST = Decimal(999_999_999)


def exact(amount: Amount) -> Decimal:
    """The number that was written, not the nearest one in binary."""
    return Decimal(str(amount))


def quantity(amount: Amount, uom: str) -> dict[str, str]:
    """As the contracts write it."""
    value = exact(amount)
    return {"value": f"{_short(value):f}", "uom": uom}


def wrong(amount: Amount, uom: str) -> str:
    """Why there can't be so much in that unit; "" when there can."""
    value = exact(amount)
    if not value.is_finite() or abs(value) > MOST:
        return f"is {amount}, but at most {MOST:,} can be told"
    if value != value.to_integral_value() and uom in WHOLE:
        return f"is {amount}, but {uom} are counted whole: say `unit` for what is sold by weight or length"
    if value != round(value, MOST_DECIMALS):
        return f"is {amount}, but has at most {MOST_DECIMALS} decimals"
    return ""


def _short(value: Decimal) -> Decimal:
    """Without zeros behind the point."""
    return value.to_integral_value() if value == value.to_integral_value() else value
