"""Packing: what was picked is on the table, and from now on it will go out."""

from __future__ import annotations

from datetime import timedelta

from ...contracts.objects import FulfilmentStatus
from ..transaction import Transaction
from . import settings
from .pick_ticket import current, go_on
from .registry import rules

PACKED = "crossdock.fulfilment.packed.v1"


@rules.job("pack")
def pack(tx: Transaction, request_id: str, revision: str) -> None:
    found = current(tx, request_id, revision, FulfilmentStatus.PICKING)
    if found is None:
        return
    fulfilment = go_on(tx, found[1], found[0], FulfilmentStatus.PACKED)
    tx.announce(PACKED, fulfilment.fulfilment_id, fulfilment, order_id=fulfilment.order_id)
    after = timedelta(hours=settings.of(tx).ship_h)
    tx.later(after, "ship", request_id, revision, "1", order_id=fulfilment.order_id)
