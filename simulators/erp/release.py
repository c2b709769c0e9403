"""Release: what is reserved becomes a fulfilment for its warehouse, and the layer is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from ...contracts.identifiers import ErpOrderId, FulfilmentId
from ...contracts.objects import (
    Fulfilment,
    FulfilmentLine,
    FulfilmentRequest,
    FulfilmentRequestLine,
    FulfilmentStatus,
    Quantity,
    SalesOrder,
)
from ..transaction import Transaction
from . import instructions, settings
from . import reservation as reservations
from .order_progress import NOT_OPEN, change
from .registry import rules
from .reservation import StockReservation
from .settings import ErpSettings
from .stock_ledger import NOTHING

RELEASED = "crossdock.fulfilment.released.v1"
JOB = "release-order"


def follow_promise(
    tx: Transaction, customizing: ErpSettings, order: SalesOrder, reserved: Sequence[StockReservation]
) -> SalesOrder:
    """Have what was just reserved released, at once or after the usual while. The order is not stored here."""
    if not reserved:
        return order
    if customizing.release_after_h <= 0:
        return release(tx, order, reserved)
    after = timedelta(hours=customizing.release_after_h)
    tx.later(after, JOB, order.sales_order_id, order_id=order.external_reference)
    return order


@rules.job(JOB)
def release_order(tx: Transaction, sales_order_id: ErpOrderId) -> None:
    """Release what is reserved for an order by now, unless it is held or over."""
    order = tx.get(SalesOrder, sales_order_id)
    waiting = reservations.unreleased(tx, sales_order_id)
    if waiting and not order.holds and order.status not in NOT_OPEN:
        change(tx, order, release(tx, order, waiting))


def release(tx: Transaction, order: SalesOrder, reserved: Sequence[StockReservation]) -> SalesOrder:
    """Make a fulfilment of each reservation and announce it; returns the order as it is then, not stored."""
    ship_date = _ship_date(tx, order)
    lines = {line.line_id: line for line in order.lines}
    made = []
    for reservation in reserved:
        fulfilment = _fulfilment(tx, order, reservation, ship_date)
        made.append(fulfilment.fulfilment_id)
        tx.put(fulfilment.fulfilment_id, fulfilment)
        reservations.assign(tx, reservation, fulfilment.fulfilment_id)
        for requested in fulfilment.lines:
            line = lines[requested.line_id]
            before, more = line.released_quantity, requested.quantity
            lines[line.line_id] = replace(line, released_quantity=before + more if before.value else more)
        announce(tx, fulfilment)
    return replace(order, lines=tuple(lines.values()), fulfilment_ids=(*order.fulfilment_ids, *made))


def announce(tx: Transaction, fulfilment: Fulfilment) -> None:
    """Tell the layer what the warehouse is to ship, with the fulfilment's current revision."""
    request = FulfilmentRequest(
        fulfilment_id=fulfilment.fulfilment_id,
        revision=fulfilment.revision,
        warehouse_id=fulfilment.warehouse_id,
        order_id=fulfilment.order_id,
        sales_order_id=fulfilment.sales_order_id,
        customer_reference=fulfilment.customer_reference,
        ship_to=fulfilment.ship_to,
        service_level=fulfilment.service_level,
        requested_ship_date=fulfilment.requested_ship_date,
        lines=tuple(
            [
                FulfilmentRequestLine(line_id=line.line_id, sku=line.sku, quantity=line.quantity)
                for line in fulfilment.lines
            ]
        ),
        instructions=fulfilment.instructions,
    )
    tx.announce(RELEASED, fulfilment.fulfilment_id, request, order_id=fulfilment.order_id)


def _fulfilment(
    tx: Transaction, order: SalesOrder, reservation: StockReservation, ship_date: date | None
) -> Fulfilment:
    lines = []
    for held in reservation.lines:
        quantity = held.quantity
        if quantity.value:
            nothing = Quantity(NOTHING, quantity.uom)
            lines.append(
                FulfilmentLine(
                    line_id=held.line_id,
                    sku=held.sku,
                    quantity=quantity,
                    shipped_quantity=nothing,
                    cancelled_quantity=nothing,
                )
            )
    return Fulfilment(
        fulfilment_id=FulfilmentId(tx.ids.next("FF")),
        revision=1,
        warehouse_id=reservation.warehouse_id,
        order_id=order.external_reference,
        sales_order_id=order.sales_order_id,
        customer_reference=order.customer_reference,
        ship_to=order.ship_to,
        service_level=order.service_level,
        requested_ship_date=ship_date,
        lines=tuple(lines),
        instructions=instructions.of(tx, order.customer_number),
        status=FulfilmentStatus.RELEASED,
        shipment_ids=(),
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )


def _ship_date(tx: Transaction, order: SalesOrder) -> date | None:
    """When goods should leave to be there on the requested date; today at the earliest."""
    if order.requested_date is None:
        return None
    transit = settings.of(tx).transit_days.get(order.service_level, 0)
    return max(date.fromordinal(max(order.requested_date.toordinal() - transit, 1)), tx.now.date())
