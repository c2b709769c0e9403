"""Which lots of a lot-tracked item can be picked. Their sum is what is available or allocated; the oldest go first."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from ...contracts.identifiers import Sku
from ..transaction import Transaction


class Lot(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """So much of one lot, in the item's own unit."""

    lot: str
    value: Decimal


class PickableLots(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """The lots of one item, in the order in which they came."""

    sku: Sku
    lots: tuple[Lot, ...] = ()


def put_away(tx: Transaction, sku: Sku, value: Decimal, lot: str | None) -> None:
    """Goods of a lot-tracked item become pickable. What comes without a lot number gets that of the day."""
    name = lot or f"L{tx.now:%Y%m%d}"
    lots = {known.lot: known.value for known in lots_of(tx, sku)}
    lots[name] = lots.get(name, Decimal(0)) + value
    _store(tx, sku, lots)


def take(tx: Transaction, sku: Sku, value: Decimal) -> tuple[Lot, ...]:
    """Take so much, oldest lots first, and say from which. Never more than there is."""
    taken: list[Lot] = []
    left: dict[str, Decimal] = {}
    for known in lots_of(tx, sku):
        part = min(known.value, value)
        value -= part
        if part:
            taken.append(Lot(lot=known.lot, value=part))
        left[known.lot] = known.value - part
    _store(tx, sku, left)
    return tuple(taken)


def lots_of(tx: Transaction, sku: Sku) -> tuple[Lot, ...]:
    found = tx.find(PickableLots, sku)
    return found.lots if found else ()


def _store(tx: Transaction, sku: Sku, lots: dict[str, Decimal]) -> None:
    kept = tuple(Lot(lot=name, value=value) for name, value in lots.items() if value)
    tx.put(sku, PickableLots(sku=sku, lots=kept))
