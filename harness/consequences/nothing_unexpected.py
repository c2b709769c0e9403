"""E2: what comes of an effect that has no cause."""

from __future__ import annotations

from typing import Any

from ...contracts.objects import (
    AnnouncedReturn,
    Disposition,
    Fulfilment,
    Invoice,
    ReturnAuthorization,
    ReturnReceipt,
    SalesOrder,
    ShipmentConfirmation,
)
from ..goods import customer, goods, listed, told
from ..seen import Seen
from ..trail import OrderTrail

NOBODY_ASKED = "goods or money move that nobody asked for"


def uncalled_for(trail: OrderTrail, seen: Seen[Any]) -> str:
    """By what kind of thing was made without a cause."""
    match seen.what:
        case SalesOrder() as order:
            reserved = listed(goods(order.lines, "confirmed_quantity"))
            stock = f", for which {reserved} are promised from stock" if reserved else ""
            return f"an order of {order.totals.gross} gross goes its way that nobody placed{stock}"
        case Fulfilment() as fulfilment if seen.party == fulfilment.warehouse_id:
            return _pick(trail, seen.party, fulfilment)
        case Fulfilment() as fulfilment:
            what = told(trail, goods(fulfilment.lines))
            return f"the ERP frees {what} for others, while {fulfilment.warehouse_id} may still send them out"
        case ShipmentConfirmation() as told_of:
            what = listed(goods(told_of.lines, "shipped_quantity")) or "nothing"
            return f"the book of {told_of.warehouse_id} is {what} lower for what never left, and a bill may follow"
        case Invoice() as invoice:
            return f"{customer(trail)} is asked for {invoice.totals.gross} for shipments that no warehouse made"
        case ReturnReceipt() as receipt:
            back = [line for line in receipt.lines if line.disposition == Disposition.RESTOCK]
            what = listed(goods(back)) or "nothing"
            return f"the book of {receipt.warehouse_id} has {what} back that no warehouse received"
        case ReturnAuthorization() as authorization:
            return f"{listed(goods(authorization.lines))} may come back, to be paid for, that nobody asked to send"
        case AnnouncedReturn() as announced:
            return f"{seen.party} waits for {listed(goods(announced.lines))} that nobody sends there"
        case _:
            return NOBODY_ASKED


def _pick(trail: OrderTrail, party: str, fulfilment: Fulfilment) -> str:
    gone = [
        each
        for seen in trail.shipments.values()
        if seen.party == party and seen.what.fulfilment_id == fulfilment.fulfilment_id
        for each in goods(seen.what.lines, "shipped_quantity")
    ]
    if gone:
        return f"{told(trail, gone)} left {party} that the ERP had not released there: its books do not have them gone"
    return f"{party} is to send {told(trail, goods(fulfilment.lines))} that nobody released there"
