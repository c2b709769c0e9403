"""Stock movements that people book: goods that came in, counts that were wrong."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from msgspec.structs import replace

from ...contracts.identifiers import LineId, Sku, WarehouseId
from ...contracts.objects import (
    InventoryMovement,
    InventoryPosition,
    Item,
    MovementKind,
    Quantity,
    ReservationStatus,
    SalesOrder,
)
from ..listing import listing
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from . import backorder, settings, stock_ledger
from . import reservation as reservations
from .order_progress import change, plus, with_lines
from .registry import rules
from .reservation import StockReservation

# Which way each kind may go; shipments and returns are booked by their own documents.
SIGNS = {
    MovementKind.OPENING: (1,),
    MovementKind.RECEIPT: (1,),
    MovementKind.ADJUSTMENT: (1, -1),
    MovementKind.SCRAP: (-1,),
}


class StockMovementRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A movement to be booked (contracts/erp, StockMovementRequest), `quantity` signed."""

    warehouse_id: WarehouseId
    sku: Sku
    kind: MovementKind
    quantity: Quantity
    reference: str | None = None
    reason: str | None = None


@rules.operation("postStockMovement")
def post_stock_movement(tx: Transaction, call: Call[StockMovementRequest]) -> InventoryMovement:
    """Book a movement. What comes in goes to those who wait for it; what is found missing is taken from the youngest
    orders that are not released yet.

    Raises: Refusal `unknown-warehouse`, `unknown-item`, `unknown-unit`, `no-stock` when the books would fall below
    zero, `invalid-request` for a kind and sign that do not go together.
    """
    request = call.body
    _check(tx, request)
    movement = stock_ledger.book(
        tx,
        request.warehouse_id,
        request.sku,
        request.kind,
        request.quantity,
        reference=request.reference,
        reason=request.reason,
    )
    place = (request.warehouse_id, request.sku)
    if request.quantity.is_positive:
        backorder.fill(tx, {place})
    else:
        _take_back(tx, *place)
    return movement


@rules.operation("listStockMovements")
def list_stock_movements(tx: Transaction, call: Call[None]) -> Page:
    """The ledger, of a warehouse, an item, or a document."""
    filters = {"warehouseId": "warehouse_id", "sku": "sku", "reference": "reference"}
    return listing(tx, call, InventoryMovement, filters, updated="occurred_at")


def _check(tx: Transaction, request: StockMovementRequest) -> None:
    settings.expect_warehouse(tx, request.warehouse_id)
    item = tx.find(Item, request.sku)
    if item is None:
        raise Refusal.at("unknown-item", "/sku", f"there is no item {request.sku!r}")
    if request.quantity.uom != item.base_uom:
        problem = f"stock of {item.sku} is kept in {item.base_uom}, not in {request.quantity.uom}"
        raise Refusal.at("unknown-unit", "/quantity/uom", problem)
    signs = SIGNS.get(request.kind, ())
    if not signs:
        own = f"a {request.kind.value} is booked by its own document, not by hand"
        raise Refusal.at("invalid-request", "/kind", own)
    value = request.quantity.value
    if not value or (1 if value > 0 else -1) not in signs:
        way = "below zero" if signs == (-1,) else "above zero" if signs == (1,) else "not zero"
        raise Refusal.at("invalid-request", "/quantity/value", f"the quantity of a {request.kind.value} is {way}")


def _take_back(tx: Transaction, warehouse_id: WarehouseId, sku: Sku) -> None:
    """When less is there than was promised, the promise to the youngest orders is taken back, as far as no warehouse
    has it yet; they wait from now on. What is released stays promised: the warehouse will tell what it finds.
    """
    position = tx.get(InventoryPosition, stock_ledger.position_key(warehouse_id, sku))
    missing = position.reserved.value - position.on_hand.value
    if missing <= 0:
        return
    held = [each for each in tx.where(StockReservation, "unreleased", warehouse_id) if _holds(each, sku)]
    for reservation in sorted(held, key=lambda each: each.reservation_id, reverse=True):
        missing -= _back_to_waiting(tx, reservation, sku, missing)
        if missing <= 0:
            return


def _holds(reservation: StockReservation, sku: Sku) -> bool:
    return any(line.sku == sku and line.status is ReservationStatus.ACTIVE for line in reservation.lines)


def _back_to_waiting(tx: Transaction, reservation: StockReservation, sku: Sku, missing: Decimal) -> Decimal:
    """Take up to `missing` from a reservation; returns how much it was."""
    order = tx.get(SalesOrder, reservation.sales_order_id)
    by_id = {line.line_id: line for line in order.lines}
    taken: dict[LineId, Decimal] = {}
    for line in reservation.lines:
        quantity = min(line.quantity.value, missing)
        if line.sku != sku or not quantity:
            continue
        missing -= quantity
        taken[line.line_id] = quantity
        ordered = by_id[line.line_id]
        by_id[line.line_id] = replace(
            ordered,
            confirmed_quantity=plus(ordered.confirmed_quantity, -quantity),
            backordered_quantity=plus(ordered.backordered_quantity, quantity),
        )
        waits = Quantity(quantity, line.quantity.uom)
        backorder.wait(tx, order, line.line_id, reservation.warehouse_id, sku, waits)
    reservations.draw(tx, reservation, {}, taken)
    change(tx, order, with_lines(order, by_id))
    return sum(taken.values(), Decimal(0))
