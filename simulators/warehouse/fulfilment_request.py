"""What a warehouse is asked to ship (contracts/warehouse/v1, fulfilment requests).

Whether a fulfilment that was sent twice is shipped twice is a matter of the warehouse (`dedupes_fulfilment_ids`). A
higher revision of a request that is not picked yet replaces it, in any warehouse.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from ...contracts.objects import Fulfilment, FulfilmentLine, FulfilmentRequest, FulfilmentStatus, Quantity
from ..line_ids import refuse, repeated
from ..listing import listing
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from . import capacity, handling, pick, settings
from .pick_ticket import PickTicket, allocate, free
from .registry import rules
from .stock import refuse_foreign_lines

ACCEPTED = "crossdock.fulfilment.accepted.v1"


@rules.operation("createFulfilmentRequest")
def create_fulfilment_request(tx: Transaction, call: Call[FulfilmentRequest]) -> Fulfilment:
    """Accept a request: lay aside what is there, and have it picked.

    Raises: Refusal `wrong-warehouse`, `item-not-stocked`, `unknown-unit`, `duplicate-fulfilment`, `capacity-exceeded`;
    `invalid-request` for a lineId that stands twice; and what staff will refuse it with (`handling`).
    """
    body, own = call.body, settings.of(tx)
    if body.warehouse_id != own.warehouse_id:
        problem = f"this is {own.warehouse_id}, and the request is for {body.warehouse_id}"
        raise Refusal.at("wrong-warehouse", "/warehouseId", problem)
    refuse("invalid-request", repeated([line.line_id for line in body.lines]))
    refuse_foreign_lines(tx, body.lines)
    known = newest(tx, body.fulfilment_id)
    if known is not None:
        fulfilment, ticket = known
        cancelled = fulfilment.status is FulfilmentStatus.CANCELLED
        if body.revision > ticket.revision and not ticket.picked and not cancelled:
            return _replace(tx, body, fulfilment, ticket)
        if own.dedupes_fulfilment_ids and not (cancelled and body.revision > ticket.revision):
            detail = f"{body.fulfilment_id} is known in revision {ticket.revision}, and is {fulfilment.status}"
            raise Refusal("duplicate-fulfilment", detail, existing=body.fulfilment_id)
    number = len(tx.where(Fulfilment, "order_id", body.order_id)) + 1
    if reason := handling.of(tx, body.order_id, number).refuse:
        raise Refusal(reason, f"{own.warehouse_id} does not take {body.fulfilment_id}: {reason}")
    capacity.take_one(tx)
    ticket = PickTicket(
        request_id=tx.ids.next("WR"),
        fulfilment_id=body.fulfilment_id,
        order_id=body.order_id,
        revision=body.revision,
        number=number,
    )
    return _accept(tx, ticket, _fulfilment(body, 1, tx.now, tx.now))


@rules.operation("getFulfilmentRequest")
def get_fulfilment_request(tx: Transaction, call: Call[None]) -> Fulfilment:
    """The newest, where the same fulfilmentId was accepted more than once. Raises: Refusal `not-found`."""
    return newest_of(tx, call.params["fulfilmentId"])[0]


@rules.operation("listFulfilmentRequests")
def list_fulfilment_requests(tx: Transaction, call: Call[None]) -> Page:
    return listing(tx, call, Fulfilment, {"orderId": "order_id", "status": "status"}, indexed=("order_id",))


def newest(tx: Transaction, fulfilment_id: str) -> tuple[Fulfilment, PickTicket] | None:
    """The request that was accepted last under this fulfilmentId, None when there is none."""
    tickets = tx.where(PickTicket, "fulfilment_id", fulfilment_id)
    return (tx.get(Fulfilment, tickets[-1].request_id), tickets[-1]) if tickets else None


def newest_of(tx: Transaction, fulfilment_id: str) -> tuple[Fulfilment, PickTicket]:
    """Raises: Refusal `not-found`."""
    found = newest(tx, fulfilment_id)
    if found is None:
        raise Refusal("not-found", f"there is no fulfilment request {fulfilment_id!r} here")
    return found


def _replace(tx: Transaction, body: FulfilmentRequest, before: Fulfilment, ticket: PickTicket) -> Fulfilment:
    ticket = msgspec.structs.replace(free(tx, ticket, before.lines), revision=body.revision)
    return _accept(tx, ticket, _fulfilment(body, before.version + 1, before.created_at, tx.now))


def _accept(tx: Transaction, ticket: PickTicket, fulfilment: Fulfilment) -> Fulfilment:
    tx.put(ticket.request_id, fulfilment)
    tx.put(ticket.request_id, ticket)
    ticket = allocate(tx, ticket, fulfilment.lines)
    tx.announce(ACCEPTED, fulfilment.fulfilment_id, fulfilment, order_id=fulfilment.order_id)
    pick.schedule(tx, ticket)
    return fulfilment


def _fulfilment(body: FulfilmentRequest, version: int, created_at: datetime, now: datetime) -> Fulfilment:
    lines = tuple(
        FulfilmentLine(
            line_id=line.line_id,
            sku=line.sku,
            quantity=line.quantity,
            shipped_quantity=Quantity.zero(line.quantity.uom),
            cancelled_quantity=Quantity.zero(line.quantity.uom),
        )
        for line in body.lines
    )
    fields: dict[str, Any] = {name: getattr(body, name) for name in FulfilmentRequest.__struct_fields__}
    fields |= {"lines": lines, "version": version, "created_at": created_at, "updated_at": now}
    return Fulfilment(**fields, status=FulfilmentStatus.ACCEPTED, shipment_ids=())
