"""Shipment confirmations: what left the warehouse, as the layer tells it.

The ERP cannot see the warehouse: what is said to be shipped leaves the books, however little of it was in them.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from ...contracts.identifiers import LineId
from ...contracts.objects import (
    Fulfilment,
    FulfilmentLine,
    FulfilmentStatus,
    MovementKind,
    PartialPolicy,
    Quantity,
    SalesOrder,
    SalesOrderLine,
    Shipment,
    ShipmentConfirmation,
)
from ..rules import Call
from ..transaction import Transaction
from . import backorder, confirmation_entry, settings, stock_ledger
from . import reservation as reservations
from .cancellation import is_unwanted
from .fulfilment import store
from .order_progress import change, plus, with_lines
from .registry import rules


@rules.operation("confirmShipment")
def confirm_shipment(tx: Transaction, call: Call[ShipmentConfirmation]) -> Shipment:
    """Book a shipment: stock, reservation, fulfilment, order; a final one also settles what it left open.

    Raises: Refusal `not-found`, `duplicate-shipment`, and what confirmation_entry finds wrong.
    """
    confirmation = call.body
    fulfilment = tx.get(Fulfilment, call.params["fulfilmentId"])
    call.expect_version(fulfilment.version)
    confirmation_entry.check(settings.of(tx), fulfilment, confirmation)
    shipment = _shipment(tx, confirmation)
    tx.put(_free_key(tx, confirmation), shipment)
    shipped = {line.line_id: line.shipped_quantity.value for line in confirmation.lines}
    closed = _closed(fulfilment, confirmation)
    reservation = reservations.of_fulfilment(tx, fulfilment.sales_order_id, fulfilment.fulfilment_id)
    reservations.draw(tx, reservation, shipped, closed)
    _leave_the_books(tx, confirmation)
    lines = tuple(_after(line, shipped, closed) for line in fulfilment.lines)
    fulfilment = store(
        tx,
        replace(
            fulfilment,
            lines=lines,
            status=_status(lines),
            shipment_ids=(*fulfilment.shipment_ids, confirmation.shipment_id),
        ),
    )
    _tell_order(tx, fulfilment, shipped, closed)
    return shipment


@rules.operation("getConfirmedShipment")
def get_confirmed_shipment(tx: Transaction, call: Call[None]) -> Shipment:
    return tx.get(Shipment, f"{call.params['fulfilmentId']}/{call.params['shipmentId']}")


def _closed(fulfilment: Fulfilment, confirmation: ShipmentConfirmation) -> dict[LineId, Decimal]:
    """What a final shipment leaves open for good, per line that it names.

    Its `differenceQuantity` tells how much the warehouse has shipped in all. When the ERP was told of less, another
    shipment is still on its way through the layer, and its part stays open.
    """
    if not confirmation.final:
        return {}
    by_id = {line.line_id: line for line in fulfilment.lines}
    closed = {}
    for told in confirmation.lines:
        line = by_id[told.line_id]
        known = line.shipped_quantity.value + told.shipped_quantity.value
        still_to_be_told = max(line.quantity.value - told.difference_quantity.value - known, Decimal(0))
        rest = line.quantity.value - line.cancelled_quantity.value - known - still_to_be_told
        if rest > 0:
            closed[line.line_id] = rest
    return closed


def _leave_the_books(tx: Transaction, confirmation: ShipmentConfirmation) -> None:
    """What was shipped was there: where the books knew of less, they are put right first."""
    for line in confirmation.lines:
        quantity = line.shipped_quantity
        if not quantity.value:
            continue
        position = stock_ledger.position_of(tx, confirmation.warehouse_id, line.sku)
        missing = quantity.value - (position.on_hand.value if position is not None else Decimal(0))
        if missing > 0:
            stock_ledger.book(
                tx,
                confirmation.warehouse_id,
                line.sku,
                MovementKind.ADJUSTMENT,
                Quantity(missing, quantity.uom),
                reference=confirmation.shipment_id,
                reason="shipped more than the books had",
            )
        stock_ledger.book(
            tx,
            confirmation.warehouse_id,
            line.sku,
            MovementKind.SHIPMENT,
            -quantity,
            reference=confirmation.shipment_id,
        )


def _after(line: FulfilmentLine, shipped: dict[LineId, Decimal], closed: dict[LineId, Decimal]) -> FulfilmentLine:
    return replace(
        line,
        shipped_quantity=plus(line.shipped_quantity, shipped.get(line.line_id, Decimal(0))),
        cancelled_quantity=plus(line.cancelled_quantity, closed.get(line.line_id, Decimal(0))),
    )


def _status(lines: tuple[FulfilmentLine, ...]) -> FulfilmentStatus:
    if any(line.shipped_quantity + line.cancelled_quantity < line.quantity for line in lines):
        return FulfilmentStatus.PARTIALLY_SHIPPED
    short = any(line.cancelled_quantity.is_positive for line in lines)
    return FulfilmentStatus.SHORT_CLOSED if short else FulfilmentStatus.SHIPPED


def _tell_order(
    tx: Transaction, fulfilment: Fulfilment, shipped: dict[LineId, Decimal], closed: dict[LineId, Decimal]
) -> None:
    order = tx.get(SalesOrder, fulfilment.sales_order_id)
    waits = order.partial_policy is PartialPolicy.ALLOW_BACKORDER and not is_unwanted(tx, fulfilment.fulfilment_id)
    lines: dict[LineId, SalesOrderLine] = {}
    for line in order.lines:
        gone, rest = shipped.get(line.line_id, Decimal(0)), closed.get(line.line_id, Decimal(0))
        if not gone and not rest:
            continue
        lines[line.line_id] = replace(
            line,
            shipped_quantity=plus(line.shipped_quantity, gone),
            confirmed_quantity=plus(line.confirmed_quantity, -rest),
            released_quantity=plus(line.released_quantity, -rest),
            backordered_quantity=plus(line.backordered_quantity, rest if waits else Decimal(0)),
            cancelled_quantity=plus(line.cancelled_quantity, Decimal(0) if waits else rest),
        )
        if rest and waits:
            # The books may still show the goods, but the warehouse did not find them: the rest waits for stock that
            # comes in, and is not sent after what was freed just now.
            uom = line.quantity.uom
            backorder.wait(tx, order, line.line_id, fulfilment.warehouse_id, line.sku, Quantity(rest, uom))
    change(tx, order, with_lines(order, lines))


def _shipment(tx: Transaction, confirmation: ShipmentConfirmation) -> Shipment:
    return Shipment(
        shipment_id=confirmation.shipment_id,
        fulfilment_id=confirmation.fulfilment_id,
        order_id=confirmation.order_id,
        warehouse_id=confirmation.warehouse_id,
        shipped_at=confirmation.shipped_at,
        carrier=confirmation.carrier,
        packages=confirmation.packages,
        lines=confirmation.lines,
        final=confirmation.final,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )


def _free_key(tx: Transaction, confirmation: ShipmentConfirmation) -> str:
    """Where the shipment is kept; one that is booked again, where that is allowed, beside the first."""
    key = first = f"{confirmation.fulfilment_id}/{confirmation.shipment_id}"
    number = 1
    while tx.find(Shipment, key) is not None:
        number += 1
        key = f"{first}/{number}"
    return key
