"""Reservations: stock that is held for an order at a warehouse until it is shipped or let go.

What an order gets at one warehouse at one time is one record with a line for each order line; it is released to the
warehouse as one fulfilment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from ...contracts.identifiers import ErpOrderId, FulfilmentId, LineId, ReservationId, Sku, WarehouseId
from ...contracts.objects import Quantity, ReservationStatus, Stored
from ..transaction import Transaction
from . import settings, stock_ledger, versions


class ReservedLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """`quantity` is what is still held; nothing once the status is no longer active."""

    line_id: LineId
    sku: Sku
    quantity: Quantity
    status: ReservationStatus


class StockReservation(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """`fulfilment_id` is None until the stock is released to the warehouse."""

    reservation_id: ReservationId
    sales_order_id: ErpOrderId
    warehouse_id: WarehouseId
    lines: tuple[ReservedLine, ...]
    fulfilment_id: FulfilmentId | None = None

    @property
    def is_active(self) -> bool:
        return any(line.status is ReservationStatus.ACTIVE for line in self.lines)


def unreleased_at(reservation: StockReservation) -> WarehouseId | None:
    """The index by which a warehouse's stock finds promises that no warehouse has yet."""
    return reservation.warehouse_id if reservation.fulfilment_id is None and reservation.is_active else None


# How much of an order line is to be held, in the item's base unit.
Taking: TypeAlias = tuple[LineId, Sku, Quantity]


def reserve(
    tx: Transaction, sales_order_id: ErpOrderId, warehouse_id: WarehouseId, takings: Iterable[Taking]
) -> StockReservation:
    """Hold stock that is available."""
    lines = []
    for line_id, sku, quantity in takings:
        stock_ledger.hold(tx, f"{warehouse_id}/{sku}", quantity.value)
        lines.append(ReservedLine(line_id=line_id, sku=sku, quantity=quantity, status=ReservationStatus.ACTIVE))
    reservation = StockReservation(
        reservation_id=ReservationId(tx.ids.next("RES")),
        sales_order_id=sales_order_id,
        warehouse_id=warehouse_id,
        lines=tuple(lines),
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(reservation.reservation_id, reservation)
    _announce(tx, reservation)
    return reservation


def of_order(tx: Transaction, sales_order_id: ErpOrderId) -> list[StockReservation]:
    """All that was ever held for an order, oldest first."""
    return tx.where(StockReservation, "order", sales_order_id)


def unreleased(tx: Transaction, sales_order_id: ErpOrderId) -> list[StockReservation]:
    """What is held for an order and not yet released to a warehouse."""
    return [each for each in of_order(tx, sales_order_id) if each.fulfilment_id is None and each.is_active]


def of_fulfilment(tx: Transaction, sales_order_id: ErpOrderId, fulfilment_id: FulfilmentId) -> StockReservation:
    """What is held for a fulfilment; after a reroute, at the warehouse that has it now."""
    return [each for each in of_order(tx, sales_order_id) if each.fulfilment_id == fulfilment_id][-1]


def assign(tx: Transaction, reservation: StockReservation, fulfilment_id: FulfilmentId) -> StockReservation:
    """Say which fulfilment takes what is held."""
    return versions.put(tx, reservation.reservation_id, reservation, fulfilment_id=fulfilment_id)


def draw(
    tx: Transaction,
    reservation: StockReservation,
    consumed: Mapping[LineId, Decimal],
    freed: Mapping[LineId, Decimal],
) -> StockReservation:
    """Take from what is held: `consumed` was shipped, `freed` is let go. Never takes more than is held of a line."""
    lines = []
    for line in reservation.lines:
        shipped = min(consumed.get(line.line_id, stock_ledger.NOTHING), line.quantity.value)
        let_go = min(freed.get(line.line_id, stock_ledger.NOTHING), line.quantity.value - shipped)
        if shipped or let_go:
            stock_ledger.free(tx, reservation.warehouse_id, line.sku, shipped + let_go)
            left = line.quantity.value - shipped - let_go
            status = line.status
            if not left:
                status = ReservationStatus.RELEASED if let_go else ReservationStatus.CONSUMED
            line = replace(line, quantity=Quantity(left, line.quantity.uom), status=status)
        lines.append(line)
    drawn = versions.put(tx, reservation.reservation_id, reservation, lines=tuple(lines))
    _announce(tx, drawn)
    return drawn


def _announce(tx: Transaction, reservation: StockReservation) -> None:
    if settings.of(tx).announce_reservations:
        for sku in {line.sku: None for line in reservation.lines}:
            stock_ledger.announce(tx, reservation.warehouse_id, sku)


def let_go(tx: Transaction, reservation: StockReservation) -> set[tuple[WarehouseId, Sku]]:
    """Free all that is still held; returns the positions at which there is more to promise now."""
    held = {line.line_id: line.quantity.value for line in reservation.lines if line.quantity.is_positive}
    draw(tx, reservation, {}, held)
    return {(reservation.warehouse_id, line.sku) for line in reservation.lines if line.line_id in held}
