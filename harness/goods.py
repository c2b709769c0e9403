"""Goods of one order in words, and what they are worth at the prices that the customer agreed to."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from ..contracts.objects import Money, Quantity
from .seen import Seen
from .trail import OrderTrail

MOST_NAMED = 3


class Goods(NamedTuple):
    """So much of an item, on a line of the order."""

    line_id: str
    sku: str
    quantity: Quantity


def goods(lines: Iterable[Any], quantity: str = "quantity") -> list[Goods]:
    """The lines of a document of which there is anything; `quantity` names the field that counts."""
    found = (Goods(line.line_id, line.sku, getattr(line, quantity)) for line in lines)
    return [each for each in found if each.quantity.is_positive]


def beyond(have: Iterable[Goods], due: Iterable[Goods]) -> list[Goods]:
    """What there is of `have` that is not in `due`, by line and item."""
    left = _sums(due)
    rest = ((key, value - left.get(key, Decimal(0))) for key, value in _sums(have).items())
    return [Goods(line_id, sku, Quantity(value, uom)) for (line_id, sku, uom), value in rest if value > 0]


def told(trail: OrderTrail, some: Iterable[Goods]) -> str:
    """As `10 EA of ITEM-7 and 3 EA of ITEM-9 (124.50 EUR net)`, without the value where nobody can tell it."""
    some = list(some)
    value = worth(trail, some)
    return listed(some) + (f" ({value} net)" if value is not None and some else "")


def listed(some: Iterable[Goods]) -> str:
    """As `10 EA of ITEM-7 and 3 EA of ITEM-9`, the same items together and the last ones only counted."""
    sums: dict[tuple[str, str], Decimal] = {}
    for _, sku, quantity in some:
        sums[(sku, quantity.uom)] = sums.get((sku, quantity.uom), Decimal(0)) + quantity.value
    words = [f"{value:f} {uom} of {sku}" for (sku, uom), value in sums.items()]
    more = len(words) - MOST_NAMED
    if more > 0:
        words[MOST_NAMED:] = [f"{more} more {'item' if more == 1 else 'items'}"]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def worth(trail: OrderTrail, some: Iterable[Goods]) -> Money | None:
    """At the order's prices, net; None where a line of it is not priced in that item and unit."""
    if trail.order is None:
        return None
    order = trail.order.what
    prices: dict[tuple[str, str, str], Money] = {
        (line.line_id, line.sku, line.quantity.uom): line.unit_price for line in order.lines
    }
    amounts = []
    for line_id, sku, quantity in some:
        price = prices.get((line_id, sku, quantity.uom))
        if price is None or price.currency != order.currency:
            return None
        amounts.append(price.times(quantity))
    return Money.total(amounts, order.currency)


def customer(trail: OrderTrail) -> str:
    """Who ordered, by the number that all systems know, and the name that the order has there."""
    if trail.order is None:
        return "the customer"
    reference = trail.order.what.customer_reference
    return f"customer {trail.order.what.customer_number}" + (f" (their order {reference})" if reference else "")


def moment(seen: Seen[Any]) -> str:
    """When it was, in business time."""
    return f"{seen.at:%Y-%m-%d %H:%M}"


def _sums(some: Iterable[Goods]) -> dict[tuple[str, str, str], Decimal]:
    sums: dict[tuple[str, str, str], Decimal] = {}
    for line_id, sku, quantity in some:
        key = (line_id, sku, quantity.uom)
        sums[key] = sums.get(key, Decimal(0)) + quantity.value
    return sums
