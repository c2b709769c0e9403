"""Backorders: what waits for stock, and who gets it when there is some."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from ...contracts.identifiers import ErpOrderId, LineId, Sku, WarehouseId
from ...contracts.objects import PartialPolicy, Quantity, SalesOrder
from ..transaction import Transaction
from . import availability, settings
from . import reservation as reservations
from .order_progress import change, plus, with_lines
from .release import release
from .reservation import StockReservation, Taking

Place = tuple[WarehouseId, Sku]


class Backorder(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """What an order line waits for at a warehouse; nothing any more once `quantity` is zero."""

    sales_order_id: ErpOrderId
    line_id: LineId
    warehouse_id: WarehouseId
    sku: Sku
    quantity: Quantity
    ordered_at: datetime


def waiting_at(backorder: Backorder) -> Place | None:
    """The index by which stock finds who waits for it."""
    return (backorder.warehouse_id, backorder.sku) if backorder.quantity.is_positive else None


def wait(
    tx: Transaction, order: SalesOrder, line_id: LineId, warehouse_id: WarehouseId, sku: Sku, quantity: Quantity
) -> None:
    """Let so much more of a line wait for stock at a warehouse."""
    key = f"{order.sales_order_id}/{line_id}/{warehouse_id}"
    before = tx.find(Backorder, key)
    tx.put(
        key,
        Backorder(
            sales_order_id=order.sales_order_id,
            line_id=line_id,
            warehouse_id=warehouse_id,
            sku=sku,
            quantity=quantity if before is None else before.quantity + quantity,
            ordered_at=order.created_at,
        ),
    )


def waits(tx: Transaction, sales_order_id: ErpOrderId) -> bool:
    """Whether the order waits for stock."""
    return bool(_of_order(tx, sales_order_id))


def give_up(tx: Transaction, sales_order_id: ErpOrderId) -> None:
    """The order waits for nothing any more."""
    for backorder in _of_order(tx, sales_order_id):
        _lessen(tx, backorder, backorder.quantity.value)


def fill(tx: Transaction, places: Iterable[Place]) -> None:
    """There is more to promise at these places: give it to those who wait for it, the oldest order first.

    An order that ships complete takes nothing unless it can have all it waits for, and does not block those behind it.
    """
    queue: dict[ErpOrderId, list[Backorder]] = {}
    for place in sorted(places):
        for backorder in tx.where(Backorder, "waiting", place):
            queue.setdefault(backorder.sales_order_id, []).append(backorder)
    for sales_order_id in sorted(queue, key=lambda each: (queue[each][0].ordered_at, each)):
        _fill_order(tx, tx.get(SalesOrder, sales_order_id), queue[sales_order_id])


def _fill_order(tx: Transaction, order: SalesOrder, waiting: list[Backorder]) -> None:
    if order.partial_policy is PartialPolicy.SHIP_COMPLETE:
        waiting = _of_order(tx, order.sales_order_id)
    promises = availability.promise(tx, settings.of(tx), order.ship_to, order.partial_policy, waiting)
    lines = {line.line_id: line for line in order.lines}
    takings: dict[WarehouseId, list[Taking]] = {}
    for backorder, promise in zip(waiting, promises, strict=True):
        quantity, warehouse_id = promise.confirmed, backorder.warehouse_id
        if quantity.is_zero:
            continue
        takings.setdefault(warehouse_id, []).append((backorder.line_id, backorder.sku, quantity))
        _lessen(tx, backorder, quantity.value)
        line = lines[backorder.line_id]
        lines[line.line_id] = replace(
            line,
            warehouse_id=warehouse_id,
            confirmed_quantity=line.confirmed_quantity + quantity,
            backordered_quantity=line.backordered_quantity - quantity,
        )
    if takings:
        reserved = [reservations.reserve(tx, order.sales_order_id, *taken) for taken in takings.items()]
        change(tx, order, _released(tx, with_lines(order, lines), reserved))


def _released(tx: Transaction, order: SalesOrder, reserved: list[StockReservation]) -> SalesOrder:
    """Who has waited for stock does not wait for the next release run; who is held goes nowhere."""
    return order if order.holds else release(tx, order, reserved)


def _of_order(tx: Transaction, sales_order_id: ErpOrderId) -> list[Backorder]:
    return [each for each in tx.where(Backorder, "order", sales_order_id) if each.quantity.is_positive]


def _lessen(tx: Transaction, backorder: Backorder, by: Decimal) -> None:
    key = f"{backorder.sales_order_id}/{backorder.line_id}/{backorder.warehouse_id}"
    tx.put(key, replace(backorder, quantity=plus(backorder.quantity, -by)))
