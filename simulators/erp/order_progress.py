"""How far a sales order is. The status follows from what became of its lines; nobody sets it.

Every later change of an order goes through `change`: it settles status, exposure and version, and tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec.structs import replace

from ...contracts.identifiers import LineId
from ...contracts.objects import (
    Fulfilment,
    FulfilmentStatus,
    Money,
    Quantity,
    SalesOrder,
    SalesOrderLine,
    SalesOrderStatus,
)
from ..transaction import Transaction
from . import credit, versions
from .order_amount import still_to_bill
from .telling import tell

CHANGED = "crossdock.sales-order.changed.v1"
NOT_OPEN = frozenset({SalesOrderStatus.REJECTED, SalesOrderStatus.CANCELLED, SalesOrderStatus.CLOSED})


def change(tx: Transaction, before: SalesOrder, after: SalesOrder, *, billed: Money | None = None) -> SalesOrder:
    """Store a changed order and tell of it. `billed` is the gross of an invoice that belongs to the change."""
    after = versions.put(tx, after.sales_order_id, replace(after, status=status_of(tx, after)))
    owed = still_to_bill(after)
    credit.owe(
        tx, after.customer_number, instead_of=still_to_bill(before), now=owed if billed is None else owed + billed
    )
    tell(tx, CHANGED, after.sales_order_id, after, order_id=after.external_reference)
    return after


def with_lines(order: SalesOrder, changed: Mapping[LineId, SalesOrderLine]) -> SalesOrder:
    """The order with some of its lines replaced; not stored yet."""
    return replace(order, lines=tuple([changed.get(line.line_id, line) for line in order.lines]))


def plus(quantity: Quantity, value: Decimal) -> Quantity:
    """A quantity and so many more of the same unit (fewer, below zero)."""
    return Quantity(quantity.value + value, quantity.uom)


def status_of(tx: Transaction, order: SalesOrder) -> SalesOrderStatus:
    """What an order's lines, holds and fulfilments amount to."""
    if order.status is SalesOrderStatus.REJECTED:
        return SalesOrderStatus.REJECTED
    lines = order.lines
    if all(line.cancelled_quantity == line.quantity for line in lines):
        return SalesOrderStatus.CANCELLED
    if order.holds:
        return SalesOrderStatus.ON_HOLD
    if any(line.shipped_quantity.is_positive for line in lines):
        return _shipped_status(lines)
    if any(tx.get(Fulfilment, each).status is FulfilmentStatus.CANCEL_REQUESTED for each in order.fulfilment_ids):
        return SalesOrderStatus.CANCEL_PENDING
    if any(line.released_quantity.is_positive for line in lines):
        return SalesOrderStatus.RELEASED
    if any(line.confirmed_quantity.is_positive for line in lines):
        return SalesOrderStatus.ACCEPTED
    return SalesOrderStatus.BACKORDERED


def _shipped_status(lines: tuple[SalesOrderLine, ...]) -> SalesOrderStatus:
    if any(line.shipped_quantity + line.cancelled_quantity < line.quantity for line in lines):
        return SalesOrderStatus.PARTIALLY_SHIPPED
    if any(line.invoiced_quantity < min(line.shipped_quantity, line.quantity) for line in lines):
        return SalesOrderStatus.SHIPPED
    return SalesOrderStatus.CLOSED
