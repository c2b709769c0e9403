"""E3: what comes of an effect that is missing, and who waits for it. X2, R3 and R1 tell the same of theirs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from ...contracts.objects import Fulfilment, Order, Quantity, ReturnReceipt, ReturnRequest, SalesOrder, Shipment
from ..goods import Goods, customer, goods, listed, moment, told
from ..seen import Seen
from ..spoilt import SpoiltDocument
from ..stock import Correction
from ..trail import OrderTrail


def nobody_works(trail: OrderTrail, placed: Seen[Order]) -> str:
    wanted = placed.what.requested_date
    by = f", for {wanted}," if wanted else ""
    return (
        f"{customer(trail)} waits for {told(trail, goods(placed.what.lines))} since {moment(placed)}{by} and nothing is"
        f" reserved, sent or billed: the customer notices first"
    )


def never_sent(trail: OrderTrail, release: Seen[Any]) -> str:
    """`release` is what the ERP asked of a warehouse."""
    where, what = release.what.warehouse_id, goods(release.what.lines)
    return (
        f"{told(trail, what)} stay reserved at {where} since {moment(release)}, so that nobody else is sold them, and"
        f" {customer(trail)} waits for a parcel that nobody packs"
    )


def never_booked(trail: OrderTrail, shipment: Seen[Shipment]) -> str:
    left = goods(shipment.what.lines, "shipped_quantity")
    if not left:
        return "the ERP still waits for goods that the warehouse will not send"
    billed = any(shipment.what.shipment_id in seen.what.shipment_ids for seen in trail.invoices.values())
    return (
        f"{told(trail, left)} are gone from {shipment.party} since {moment(shipment)}, and the ERP's book"
        " still has them" + ("" if billed else ": they can be sold again, and nobody is billed for them")
    )


def never_billed(trail: OrderTrail, shipments: Iterable[Seen[Shipment]]) -> str:
    left = list(chain.from_iterable(goods(seen.what.lines, "shipped_quantity") for seen in shipments))
    return f"{told(trail, left)} are given away: no customer complains of a bill that never comes"


def order_never_billed(trail: OrderTrail, order: Seen[SalesOrder]) -> str:
    return f"{customer(trail)} has the goods, and {order.what.totals.gross} gross are never asked for"


def never_called_off(trail: OrderTrail, asked: Seen[Order]) -> str:
    return f"{told(trail, goods(asked.what.lines))} go out to {customer(trail)}, who called them off at {moment(asked)}"


def never_answered(trail: OrderTrail, fulfilment: Seen[Fulfilment]) -> str:
    what = told(trail, goods(fulfilment.what.lines))
    return f"nobody knows since {moment(fulfilment)} whether {what} go out of {fulfilment.what.warehouse_id} or not"


def never_read(trail: OrderTrail, spoilt: SpoiltDocument) -> str:
    event_type, subject = trail.events.get(spoilt.event_id, ("", ""))
    what = event_type.split(".")[1] if event_type else "message"  # crossdock.shipment.shipped.v1
    until = f"until {spoilt.party} happened to tell it again" if spoilt.again else "and nobody asks for it"
    return (
        f"{spoilt.party} takes it that {spoilt.name} was read; the {what} {subject} in it is known to nobody, {until}"
    )


def no_leave_to_return(trail: OrderTrail, request: Seen[ReturnRequest]) -> str:
    what = listed(goods(request.what.lines))
    return f"{customer(trail)} waits since {moment(request)} for leave to send back {what}"


def never_announced(authorized: Seen[Any]) -> str:
    what = listed(goods(authorized.what.lines))
    return f"{what} arrive at {authorized.what.warehouse_id}, where nobody knows what they are or whose"


def receipt_never_booked(trail: OrderTrail, receipt: Seen[ReturnReceipt]) -> str:
    paid = any(seen.what.rma_id == receipt.what.rma_id for seen in trail.returns.live_credits())
    back = f"{listed(goods(receipt.what.lines))} are back at {receipt.party} since {moment(receipt)}"
    return f"{back}, and the ERP knows nothing of it" + ("" if paid else f": {customer(trail)} is not paid")


def never_credited(trail: OrderTrail, receipt: Seen[ReturnReceipt]) -> str:
    what = told(trail, goods(receipt.what.lines))
    return f"{customer(trail)} waits for the money: {what} are back since {moment(receipt)}"


def never_corrected(place: tuple[str, str], correction: Seen[Correction]) -> str:
    """`place` is warehouse and item; the correction is in the item's base unit."""
    warehouse, sku = place
    off, uom = correction.what.base, correction.what.adjustment.balance.uom
    what = listed([Goods("", sku, Quantity(abs(off), uom))])
    if off < 0:
        return f"{what} can be sold that {warehouse} does not have, since {moment(correction)}"
    return f"{what} lie at {warehouse} that nobody can be sold, since {moment(correction)}"
