"""Keeping promises: what was confirmed to an order is reserved, what is missing waits for stock or is cancelled."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ...contracts.identifiers import WarehouseId
from ...contracts.objects import PartialPolicy, Quantity, Reason, SalesOrder
from ..transaction import Transaction
from . import backorder
from . import reservation as reservations
from .availability import Promise
from .reservation import StockReservation, Taking

NO_STOCK = Reason(code="noStock", detail="nothing of the order is available, and it does not wait for stock")


def something(promises: Sequence[Promise]) -> bool:
    """Whether anything at all is there."""
    return any(each.confirmed.value for each in promises)


def is_refused(policy: PartialPolicy, promises: Sequence[Promise]) -> bool:
    """Whether nothing is there for an order that takes only what is there."""
    return policy is PartialPolicy.SHIP_AVAILABLE and not something(promises)


def keep(tx: Transaction, order: SalesOrder) -> list[StockReservation]:
    """Reserve what an order's lines confirm, one reservation per warehouse, and let wait what they backorder."""
    takings: dict[WarehouseId, list[Taking]] = {}
    for line in order.lines:
        warehouse_id = line.warehouse_id
        assert warehouse_id is not None
        if line.confirmed_quantity.value:
            takings.setdefault(warehouse_id, []).append((line.line_id, line.sku, line.confirmed_quantity))
        if line.backordered_quantity.value:
            backorder.wait(tx, order, line.line_id, warehouse_id, line.sku, line.backordered_quantity)
    return [reservations.reserve(tx, order.sales_order_id, *taken) for taken in takings.items()]


def with_promises(order: SalesOrder, promises: Sequence[Promise], *, waits: bool) -> SalesOrder:
    """The order with what each line was promised now; what is missing waits, or is cancelled. Not stored yet."""
    lines = []
    for line, promise in zip(order.lines, promises, strict=True):
        nothing = Quantity.zero(promise.missing.uom)
        lines.append(
            replace(
                line,
                warehouse_id=promise.warehouse_id,
                confirmed_quantity=promise.confirmed,
                backordered_quantity=promise.missing if waits else nothing,
                cancelled_quantity=nothing if waits else promise.missing,
            )
        )
    return replace(order, lines=tuple(lines))
