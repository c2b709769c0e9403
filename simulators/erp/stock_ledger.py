"""The books of the stock: a position per warehouse and item, changed by nothing but movements and reservations.

`onHand` is the sum of all movements, each of which carries the resulting balance; `reserved` is the sum of what is held
for orders; the rest is available to promise. Quantities are in the item's base unit.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from ...contracts.identifiers import MovementId, Sku, WarehouseId
from ...contracts.objects import InventoryMovement, InventoryPosition, MovementKind, Quantity
from ..refusal import Refusal
from ..transaction import Transaction
from .magnitude import fits_quantity
from .telling import tell

CHANGED = "crossdock.inventory.changed.v1"
NOTHING = Decimal(0)


class LedgerAccount(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """How many movements a position has had: the number of its last one."""

    warehouse_id: WarehouseId
    sku: Sku
    movements: int


def position_key(warehouse_id: WarehouseId, sku: Sku) -> str:
    return f"{warehouse_id}/{sku}"


def position_of(tx: Transaction, warehouse_id: WarehouseId, sku: Sku) -> InventoryPosition | None:
    """The position, None where the item never was."""
    return tx.find(InventoryPosition, f"{warehouse_id}/{sku}")


def available(tx: Transaction, warehouse_id: WarehouseId, sku: Sku) -> Decimal:
    """What could be promised now, in base units; zero where the item never was."""
    position = position_of(tx, warehouse_id, sku)
    return NOTHING if position is None else position.available_to_promise.value


def hold(tx: Transaction, key: str, change: Decimal) -> None:
    """Reserve so much more (or less, below zero) of the position with this key.

    More than is available is the caller's bug, for nobody may be promised what is promised already.
    """
    position = tx.get(InventoryPosition, key)
    reserved = position.reserved.value + change
    if reserved < NOTHING or (change > NOTHING and reserved > position.on_hand.value):
        raise AssertionError(
            f"{position.warehouse_id}/{position.sku}: {reserved} would be reserved of {position.on_hand}"
        )
    _store(tx, key, position, position.on_hand, reserved)


def free(tx: Transaction, warehouse_id: WarehouseId, sku: Sku, quantity: Decimal) -> None:
    """Give back what was reserved."""
    if quantity:
        hold(tx, position_key(warehouse_id, sku), -quantity)


def book(
    tx: Transaction,
    warehouse_id: WarehouseId,
    sku: Sku,
    kind: MovementKind,
    quantity: Quantity,
    *,
    reference: str | None = None,
    reason: str | None = None,
) -> InventoryMovement:
    """Write a movement (signed) and change the position by it.

    Raises: Refusal `no-stock` when the balance would fall below zero, `invalid-request` when it outgrows nine digits.
    """
    key = position_key(warehouse_id, sku)
    position = tx.find(InventoryPosition, key) or _nothing_yet(tx, warehouse_id, sku, quantity.uom)
    balance = position.on_hand.value + quantity.value
    if balance < 0:
        problem = (
            f"{position.on_hand} of {sku} are in the books of {warehouse_id}: {quantity} cannot be taken from them"
        )
        raise Refusal.at("no-stock", "/quantity", problem)
    fits_quantity(balance, "/quantity")
    account = tx.find(LedgerAccount, key)
    number = account.movements + 1 if account is not None else 1
    tx.put(key, LedgerAccount(warehouse_id=warehouse_id, sku=sku, movements=number))
    on_hand = Quantity(balance, quantity.uom)
    _store(tx, key, position, on_hand, position.reserved.value)
    movement = InventoryMovement(
        movement_id=MovementId(tx.ids.next("MOV")),
        warehouse_id=warehouse_id,
        sku=sku,
        kind=kind,
        quantity=quantity,
        balance=on_hand,
        reference=reference,
        reason=reason,
        occurred_at=tx.now,
        sequence=number,
    )
    tx.put(movement.movement_id, movement)
    announce(tx, warehouse_id, sku)
    return movement


def _store(tx: Transaction, key: str, position: InventoryPosition, on_hand: Quantity, reserved: Decimal) -> None:
    uom = on_hand.uom
    free = on_hand.value - reserved
    tx.put(
        key,
        InventoryPosition(
            warehouse_id=position.warehouse_id,
            sku=position.sku,
            on_hand=on_hand,
            reserved=Quantity(reserved, uom),
            # A count that finds less than was promised leaves nothing to promise, not less than nothing.
            available_to_promise=Quantity(free if free > 0 else NOTHING, uom),
            as_of=tx.now,
            sequence=position.sequence + 1,
        ),
    )


def announce(tx: Transaction, warehouse_id: WarehouseId, sku: Sku) -> None:
    """Tell of a position."""
    key = position_key(warehouse_id, sku)
    tell(tx, CHANGED, key, tx.get(InventoryPosition, key))


def _nothing_yet(tx: Transaction, warehouse_id: WarehouseId, sku: Sku, uom: str) -> InventoryPosition:
    zero = Quantity.zero(uom)
    return InventoryPosition(
        warehouse_id=warehouse_id,
        sku=sku,
        on_hand=zero,
        reserved=zero,
        available_to_promise=zero,
        as_of=tx.now,
        sequence=0,
    )
