"""What stands on the shelves (contracts/warehouse/v1, inventory).

`onHand` = `available` + `allocated` + `onHold` + `damaged`, always, and no part is below zero. Quantities are in the
item's own unit; a request may name a pack of it (a case), which is then shipped whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

import msgspec

from ...contracts.identifiers import Sku
from ...contracts.objects import PhysicalStock, Quantity
from ..line_ids import refuse
from ..listing import listing
from ..refusal import FieldError, Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from . import settings
from .registry import rules

CHANGED = "crossdock.inventory.changed.v1"
MOST = Decimal("999999999.999")  # contracts/canonical/v1/quantity.json


class StockedItem(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What the warehouse knows of an item that it has a place for.

    `packs`: unit → how many of the item's own unit it holds. `weight_kg` is of one own unit, None where not known.
    """

    sku: Sku
    packs: dict[str, Decimal] = {}
    weight_kg: Decimal | None = None
    lot_tracked: bool = False
    serial_tracked: bool = False


class Line(Protocol):
    """A line of a document that the warehouse is handed."""

    @property
    def sku(self) -> Sku: ...
    @property
    def quantity(self) -> Quantity: ...


@rules.operation("listInventory")
def list_inventory(tx: Transaction, call: Call[None]) -> Page:
    return listing(tx, call, PhysicalStock, {"sku": "sku"}, indexed=("sku",), updated="as_of")


def move(
    tx: Transaction,
    stock: PhysicalStock,
    *,
    available: Decimal = Decimal(0),
    allocated: Decimal = Decimal(0),
    on_hold: Decimal = Decimal(0),
    damaged: Decimal = Decimal(0),
) -> PhysicalStock:
    """Change parts of a stock by so much, and with them what is on hand. The caller lets nothing go below 0."""
    uom = stock.on_hand.uom
    after = msgspec.structs.replace(
        stock,
        on_hand=stock.on_hand + Quantity(available + allocated + on_hold + damaged, uom),
        available=stock.available + Quantity(available, uom),
        allocated=stock.allocated + Quantity(allocated, uom),
        on_hold=stock.on_hold + Quantity(on_hold, uom),
        damaged=stock.damaged + Quantity(damaged, uom),
        as_of=tx.now,
        sequence=stock.sequence + 1,
    )
    tx.put(stock.sku, after)
    return after


def empty(tx: Transaction, sku: Sku, uom: str) -> PhysicalStock:
    """A place with nothing in it yet; to be stored by the first `move`."""
    zero = Quantity.zero(uom)
    return PhysicalStock(
        warehouse_id=settings.of(tx).warehouse_id,
        sku=sku,
        on_hand=zero,
        available=zero,
        allocated=zero,
        on_hold=zero,
        damaged=zero,
        as_of=tx.now,
        sequence=0,
    )


def tell(tx: Transaction, stock: PhysicalStock) -> None:
    """Announce a position. Its subject is not an order's, so the order behind the change stands only in the journal."""
    tx.announce(CHANGED, f"{stock.warehouse_id}/{stock.sku}", stock)


def units_in(item: StockedItem, stock: PhysicalStock, uom: str) -> Decimal | None:
    """How many of the item's own unit one `uom` is, None when it is no unit of the item."""
    return Decimal(1) if uom == stock.on_hand.uom else item.packs.get(uom)


def refuse_uncountable(stock: PhysicalStock, change: Decimal, pointer: str) -> None:
    """Raises: Refusal `invalid-request` when more would be on hand than a quantity can say."""
    if stock.on_hand.value + change > MOST:
        raise Refusal.at(
            "invalid-request", pointer, f"{stock.sku} would come to more than {MOST:f} {stock.on_hand.uom}"
        )


def refuse_foreign_lines(tx: Transaction, lines: Sequence[Line]) -> None:
    """Raises: Refusal `item-not-stocked`, then `unknown-unit`, with every line that it is true of."""
    unknown: list[FieldError] = []
    units: list[FieldError] = []
    for place, line in enumerate(lines):
        stock, item = tx.find(PhysicalStock, line.sku), tx.find(StockedItem, line.sku)
        if stock is None or item is None:
            unknown.append(FieldError(not_stocked(tx, line.sku), pointer=f"/lines/{place}/sku"))
        elif units_in(item, stock, line.quantity.uom) is None:
            problem = other_unit(item, stock, line.quantity.uom)
            units.append(FieldError(problem, pointer=f"/lines/{place}/quantity/uom"))
    refuse("item-not-stocked", unknown)
    refuse("unknown-unit", units)


def not_stocked(tx: Transaction, sku: Sku) -> str:
    return f"{settings.of(tx).warehouse_id} does not stock {sku!r}"


def other_unit(item: StockedItem, stock: PhysicalStock, uom: str) -> str:
    return f"{item.sku} comes in {', '.join((stock.on_hand.uom, *item.packs))}, not in {uom}"
