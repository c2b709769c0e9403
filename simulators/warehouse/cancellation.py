"""Stopping a request before the pick is done (contracts/warehouse/v1, cancelFulfilmentRequest)."""

from __future__ import annotations

import msgspec

from ...contracts.objects import Fulfilment, FulfilmentStatus, Quantity
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from . import capacity
from .fulfilment_request import newest_of
from .pick_ticket import PickTicket, free, go_on
from .registry import rules

CANCELLED = "crossdock.fulfilment.cancelled.v1"


class CancellationRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Why it is to be stopped, for the warehouse's people."""

    reason: str | None = None


@rules.operation("cancelFulfilmentRequest")
def cancel_fulfilment_request(tx: Transaction, call: Call[CancellationRequest | None]) -> Fulfilment:
    """Afterwards nothing goes out under this fulfilmentId: where it was accepted more than once, all are stopped.

    Steps that were planned for it find it cancelled and do nothing. Cancelling again gives the same answer.

    Raises: Refusal `too-late` when the pick of any of them is done; `not-found`.
    """
    fulfilment_id = call.params["fulfilmentId"]
    newest, _ = newest_of(tx, fulfilment_id)
    call.expect_version(newest.version)
    for ticket in tx.where(PickTicket, "fulfilment_id", fulfilment_id):
        fulfilment = tx.get(Fulfilment, ticket.request_id)
        if fulfilment.status is FulfilmentStatus.CANCELLED:
            continue
        if ticket.picked:
            detail = f"the pick of {fulfilment_id} is done, and it is {fulfilment.status}: it goes out"
            raise Refusal("too-late", detail)
        newest = _stop(tx, ticket, fulfilment)
    return newest


def _stop(tx: Transaction, ticket: PickTicket, fulfilment: Fulfilment) -> Fulfilment:
    free(tx, ticket, fulfilment.lines)
    capacity.free_one(tx)
    lines = tuple(
        msgspec.structs.replace(line, cancelled_quantity=Quantity(line.quantity.value, line.quantity.uom))
        for line in fulfilment.lines
    )
    stopped = go_on(tx, ticket, fulfilment, FulfilmentStatus.CANCELLED, lines=lines)
    tx.announce(CANCELLED, stopped.fulfilment_id, stopped, order_id=stopped.order_id)
    return stopped
