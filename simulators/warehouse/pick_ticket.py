"""The warehouse's own papers on a request: what is laid aside for it, and how far people are with it.

What the contract shows is the `Fulfilment` under the same key; a fulfilmentId is no key here, for a warehouse that
keeps no check may accept the same one twice.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from ...contracts.identifiers import CrmOrderId, FulfilmentId, LineId
from ...contracts.objects import Fulfilment, FulfilmentLine, FulfilmentStatus, PhysicalStock
from ..transaction import Transaction
from . import stock
from .stock import StockedItem


class PickTicket(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`number` counts the requests of the order here, from 1. `allocated` is in the items' own units, per line.

    `picked` says that the pick is done, so that it is too late to cancel. `parcels` counts what the carrier has got.
    """

    request_id: str
    fulfilment_id: FulfilmentId
    order_id: CrmOrderId
    revision: int
    number: int
    allocated: dict[LineId, Decimal] = {}
    picked: bool = False
    parcels: int = 0


def current(
    tx: Transaction, request_id: str, revision: str, *expected: FulfilmentStatus
) -> tuple[Fulfilment, PickTicket] | None:
    """What a job is about, or None when the request was cancelled or replaced since the job was set."""
    fulfilment, ticket = tx.get(Fulfilment, request_id), tx.get(PickTicket, request_id)
    if str(ticket.revision) != revision or fulfilment.status not in expected:
        return None
    return fulfilment, ticket


def go_on(
    tx: Transaction, ticket: PickTicket, fulfilment: Fulfilment, status: FulfilmentStatus, **fields: Any
) -> Fulfilment:
    """Store the request in its next status."""
    version = fulfilment.version + 1
    after = msgspec.structs.replace(fulfilment, status=status, version=version, updated_at=tx.now, **fields)
    tx.put(ticket.request_id, after)
    return after


def allocate(tx: Transaction, ticket: PickTicket, lines: tuple[FulfilmentLine, ...]) -> PickTicket:
    """Lay aside what is available of what the lines still lack, whole packs only. What is not there stays lacking."""
    allocated = dict(ticket.allocated)
    for line in lines:
        shelf, item = tx.get(PhysicalStock, line.sku), tx.get(StockedItem, line.sku)
        per = stock.units_in(item, shelf, line.quantity.uom) or Decimal(1)
        lacking = line.quantity.value * per - allocated.get(line.line_id, Decimal(0))
        part = whole_packs(min(lacking, shelf.available.value), per)
        if part > 0:
            stock.move(tx, shelf, available=-part, allocated=part)
            allocated[line.line_id] = allocated.get(line.line_id, Decimal(0)) + part
    after = msgspec.structs.replace(ticket, allocated=allocated)
    if after != ticket:
        tx.put(ticket.request_id, after)
    return after


def free(tx: Transaction, ticket: PickTicket, lines: tuple[FulfilmentLine, ...]) -> PickTicket:
    """Put back what was laid aside, and say so for each item that is free again."""
    freed: dict[str, PhysicalStock] = {}
    for line in lines:
        part = ticket.allocated.get(line.line_id, Decimal(0))
        if part:
            freed[line.sku] = stock.move(tx, tx.get(PhysicalStock, line.sku), available=part, allocated=-part)
    for shelf in freed.values():
        stock.tell(tx, shelf)
    after = msgspec.structs.replace(ticket, allocated={})
    tx.put(ticket.request_id, after)
    return after


def whole_packs(value: Decimal, per: Decimal) -> Decimal:
    """So much of it as makes whole packs; an item's own unit may be broken (2.5 KGM)."""
    return value if per == 1 else value // per * per
