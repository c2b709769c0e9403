"""Picking: people go through the aisles. Until the pick is done, a request can be cancelled or replaced."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from ...contracts.objects import FulfilmentStatus
from ..transaction import Transaction
from . import handling, settings
from .pick_ticket import PickTicket, allocate, current, go_on
from .registry import rules

PICKING = "crossdock.fulfilment.picking.v1"


def schedule(tx: Transaction, ticket: PickTicket) -> None:
    """Have the pick begin when its turn comes, or later when staff will let it lie."""
    wait_h = settings.of(tx).accept_to_pick_h + handling.of(tx, ticket.order_id, ticket.number).hold_h
    _later(tx, wait_h, "begin-pick", ticket)


@rules.job("begin-pick")
def begin_pick(tx: Transaction, request_id: str, revision: str) -> None:
    """What was lacking when the request was accepted may have come in since, and is taken along."""
    found = current(tx, request_id, revision, FulfilmentStatus.ACCEPTED)
    if found is None:
        return
    fulfilment, ticket = found
    allocate(tx, ticket, fulfilment.lines)
    fulfilment = go_on(tx, ticket, fulfilment, FulfilmentStatus.PICKING)
    tx.announce(PICKING, fulfilment.fulfilment_id, fulfilment, order_id=fulfilment.order_id)
    _later(tx, settings.of(tx).pick_h, "finish-pick", ticket)


@rules.job("finish-pick")
def finish_pick(tx: Transaction, request_id: str, revision: str) -> None:
    """From here on it is too late to cancel."""
    found = current(tx, request_id, revision, FulfilmentStatus.PICKING)
    if found is None:
        return
    ticket = msgspec.structs.replace(found[1], picked=True)
    tx.put(request_id, ticket)
    _later(tx, settings.of(tx).pack_h, "pack", ticket)


def _later(tx: Transaction, after_h: float, job: str, ticket: PickTicket) -> None:
    tx.later(timedelta(hours=after_h), job, ticket.request_id, str(ticket.revision), order_id=ticket.order_id)
