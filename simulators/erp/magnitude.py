"""How large numbers may grow: what money.json and quantity.json can carry. Beyond that the ERP refuses rather than
answers with what its own contract forbids.
"""

from __future__ import annotations

from decimal import Decimal

from ...contracts.objects import Money
from ..refusal import Refusal

MOST_MONEY = Decimal(10) ** 15
MOST_QUANTITY = Decimal(10) ** 9


def fits_money(amount: Money, pointer: str) -> Money:
    """Raises: Refusal `invalid-request` for amounts of more than 15 digits before the point."""
    if amount.amount >= MOST_MONEY:
        raise Refusal.at(
            "invalid-request", pointer, f"comes to {amount}: amounts have at most 15 digits before the point"
        )
    return amount


def fits_quantity(value: Decimal, pointer: str) -> Decimal:
    """Raises: Refusal `invalid-request` for quantities of more than 9 digits before the point."""
    if value >= MOST_QUANTITY:
        raise Refusal.at(
            "invalid-request", pointer, f"comes to {value:f}: quantities have at most 9 digits before the point"
        )
    return value
