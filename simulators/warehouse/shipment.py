"""What leaves the warehouse (contracts/warehouse/v1, shipments): whole, in several shipments, or short.

Only what is on the shelves can leave, whatever was planned. The last planned shipment is final: what is open then is
short-closed, and what was laid aside for it is free again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import msgspec

from ...contracts.identifiers import LineId, ShipmentId, Sku
from ...contracts.objects import (
    Fulfilment,
    FulfilmentLine,
    FulfilmentStatus,
    LineStatus,
    Package,
    PhysicalStock,
    Quantity,
    Shipment,
    ShipmentLine,
)
from ..listing import listing
from ..rules import Call
from ..transaction import Page, Transaction
from . import capacity, handling, lot, settings, stock
from .package import Content, fill_packages
from .pick_ticket import PickTicket, current, free, go_on, whole_packs
from .registry import rules
from .stock import StockedItem
from .tracking import begin_journey

SHIPPED = "crossdock.shipment.shipped.v1"
_NONE = Decimal(0)


@rules.operation("getShipment")
def get_shipment(tx: Transaction, call: Call[None]) -> Shipment:
    return tx.get(Shipment, call.params["shipmentId"])


@rules.operation("listShipments")
def list_shipments(tx: Transaction, call: Call[None]) -> Page:
    return listing(tx, call, Shipment, {"fulfilmentId": "fulfilment_id"}, indexed=("fulfilment_id",))


@rules.job("ship")
def ship(tx: Transaction, request_id: str, revision: str, number: str) -> None:
    """The n-th shipment of a request, as staff will handle it, or all of it at once."""
    found = current(tx, request_id, revision, FulfilmentStatus.PACKED, FulfilmentStatus.PARTIALLY_SHIPPED)
    if found is None:
        return
    fulfilment, ticket = found
    plan = handling.of(tx, ticket.order_id, ticket.number).shipments
    final = int(number) >= len(plan)
    everything = {str(line.line_id): line.quantity.value for line in fulfilment.lines}
    wanted = plan[int(number) - 1] if plan else everything
    ticket, contents = _off_the_shelves(tx, ticket, fulfilment.lines, wanted)
    if contents or final:
        _hand_over(tx, ticket, fulfilment, contents, final)
    if not final:
        after = timedelta(hours=settings.of(tx).between_shipments_h)
        tx.later(after, "ship", request_id, revision, str(int(number) + 1), order_id=ticket.order_id)


def _off_the_shelves(
    tx: Transaction, ticket: PickTicket, lines: tuple[FulfilmentLine, ...], wanted: Mapping[str, Decimal]
) -> tuple[PickTicket, list[Content]]:
    """Take what is wanted and there: first what was laid aside for the line, then what is free."""
    contents: list[Content] = []
    allocated = dict(ticket.allocated)
    touched: dict[Sku, PhysicalStock] = {}
    for line in lines:
        shelf, item = tx.get(PhysicalStock, line.sku), tx.get(StockedItem, line.sku)
        per = stock.units_in(item, shelf, line.quantity.uom) or Decimal(1)
        aside = allocated.get(line.line_id, _NONE)
        taken = whole_packs(min(wanted.get(line.line_id, _NONE) * per, aside + shelf.available.value), per)
        if taken <= 0:
            continue
        from_aside = min(aside, taken)
        allocated[line.line_id] = aside - from_aside
        touched[line.sku] = stock.move(tx, shelf, allocated=-from_aside, available=from_aside - taken)
        contents.extend(_contents(tx, line, item, taken, per))
    for shelf in touched.values():
        stock.tell(tx, shelf)
    return msgspec.structs.replace(ticket, allocated=allocated), contents


def _contents(tx: Transaction, line: FulfilmentLine, item: StockedItem, taken: Decimal, per: Decimal) -> list[Content]:
    lots = lot.take(tx, line.sku, taken) if item.lot_tracked else ()
    # A pack of several lots names none of them; loose goods are told apart.
    parts: list[tuple[str | None, Decimal]] = [(known.lot, known.value) for known in lots]
    if per != 1 and len(parts) > 1:
        parts = []
    if without_lot := taken - sum((value for _, value in parts), _NONE):
        parts.append((None, without_lot))
    default = settings.of(tx).weight_per_unit_kg
    return [
        Content(
            line_id=line.line_id,
            sku=line.sku,
            quantity=Quantity(value / per if per != 1 else value, line.quantity.uom),
            weight_kg=(default if item.weight_kg is None else item.weight_kg) * per,
            pieces=per,
            lot=name,
            serial_tracked=item.serial_tracked,
        )
        for name, value in parts
    ]


def _hand_over(
    tx: Transaction, ticket: PickTicket, fulfilment: Fulfilment, contents: list[Content], final: bool
) -> None:
    own = settings.of(tx)
    before, now = fulfilment.lines, _shipped_now(contents)
    lines = tuple(_after(line, now.get(line.line_id, _NONE), final) for line in before)
    shipment = Shipment(
        shipment_id=ShipmentId(tx.ids.next("SHP")),
        fulfilment_id=fulfilment.fulfilment_id,
        order_id=fulfilment.order_id,
        warehouse_id=own.warehouse_id,
        shipped_at=tx.now,
        carrier=handling.of(tx, ticket.order_id, ticket.number).carrier or own.carriers[fulfilment.service_level],
        packages=fill_packages(tx, own, contents),
        lines=_shipment_lines(before, lines, final),
        final=final,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(shipment.shipment_id, shipment)
    status = FulfilmentStatus.PARTIALLY_SHIPPED
    if final:
        short = any(line.cancelled_quantity.is_positive for line in lines)
        status = FulfilmentStatus.SHORT_CLOSED if short else FulfilmentStatus.SHIPPED
        ticket = free(tx, ticket, lines)
        capacity.free_one(tx)
    tx.put(ticket.request_id, msgspec.structs.replace(ticket, parcels=ticket.parcels + len(shipment.packages)))
    shipment_ids = (*fulfilment.shipment_ids, shipment.shipment_id)
    go_on(tx, ticket, fulfilment, status, lines=lines, shipment_ids=shipment_ids)
    tx.announce(SHIPPED, shipment.shipment_id, shipment, order_id=shipment.order_id)
    _on_their_way(tx, ticket, shipment, shipment.packages)


def _on_their_way(tx: Transaction, ticket: PickTicket, shipment: Shipment, packages: tuple[Package, ...]) -> None:
    how = handling.of(tx, ticket.order_id, ticket.number)
    usual = settings.of(tx).journey if how.journey is None else how.journey
    for number, package in enumerate(packages, ticket.parcels + 1):
        begin_journey(tx, shipment, package.tracking_number, how.journeys.get(number, usual))


def _shipped_now(contents: list[Content]) -> dict[LineId, Decimal]:
    shipped: dict[LineId, Decimal] = {}
    for content in contents:
        shipped[content.line_id] = shipped.get(content.line_id, _NONE) + content.quantity.value
    return shipped


def _after(line: FulfilmentLine, shipped: Decimal, final: bool) -> FulfilmentLine:
    total = line.shipped_quantity + Quantity(shipped, line.quantity.uom)
    open_quantity = line.quantity - total
    if final and open_quantity.is_positive:
        return msgspec.structs.replace(line, shipped_quantity=total, cancelled_quantity=open_quantity)
    return msgspec.structs.replace(line, shipped_quantity=total)


def _shipment_lines(
    before: tuple[FulfilmentLine, ...], after: tuple[FulfilmentLine, ...], final: bool
) -> tuple[ShipmentLine, ...]:
    """The lines that this shipment touches or closes; all of them when it does neither (an empty last shipment)."""
    lines = [_shipment_line(old, new, final) for old, new in zip(before, after, strict=True)]
    told = tuple(
        line for line in lines if line.shipped_quantity.is_positive or line.line_status is LineStatus.SHORT_CLOSED
    )
    return told or tuple(lines)


def _shipment_line(before: FulfilmentLine, after: FulfilmentLine, final: bool) -> ShipmentLine:
    difference = after.quantity - after.shipped_quantity
    if difference.is_zero:
        status = LineStatus.COMPLETE
    elif not difference.is_positive:
        status = LineStatus.OVER
    else:
        status = LineStatus.SHORT_CLOSED if final else LineStatus.PARTIAL
    return ShipmentLine(
        line_id=after.line_id,
        sku=after.sku,
        ordered_quantity=after.quantity,
        shipped_quantity=after.shipped_quantity - before.shipped_quantity,
        difference_quantity=difference,
        line_status=status,
    )
