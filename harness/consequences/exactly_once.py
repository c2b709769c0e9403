"""E1: what comes of an effect that is there more than once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from ...contracts.objects import (
    AnnouncedReturn,
    CreditMemo,
    Disposition,
    Fulfilment,
    InventoryMovement,
    Invoice,
    Money,
    Quantity,
    ReturnAuthorization,
    ReturnReceipt,
    SalesOrder,
    ShipmentConfirmation,
)
from ..goods import Goods, beyond, customer, goods, listed, told
from ..seen import Seen
from ..trail import OrderTrail

SENT_TWICE = "the customer is sent and billed the same goods more than once"


def ordered_again(trail: OrderTrail, live: Mapping[str, Seen[SalesOrder]]) -> str:
    """All sales orders but the first are too many."""
    first, *more = live
    orders = [live[key].what for key in more]
    promised = list(chain.from_iterable(goods(order.lines, "confirmed_quantity") for order in orders))
    total = _sum([order.totals.gross for order in orders])
    if total is None:
        return SENT_TWICE
    stock = f"has promised {listed(promised)} from stock" if promised else "looks for stock"
    return (
        f"on top of {first} the ERP {stock} for {', '.join(more)}, {total} gross: {customer(trail)} would be sent and"
        f" billed that as well, and is the first to notice, by a parcel or a bill too many"
    )


def asked_again(trail: OrderTrail, requests: Sequence[tuple[str, Seen[Fulfilment]]]) -> str:
    """`requests` by their names, as they were made: all but the first are too many."""
    wanted = requests[0][1].what
    left = [
        each
        for seen in trail.shipments.values()
        if seen.what.fulfilment_id == wanted.fulfilment_id
        for each in goods(seen.what.lines, "shipped_quantity")
    ]
    gone = beyond(left, goods(wanted.lines))
    if gone:
        return (
            f"{told(trail, gone)} left although {wanted.fulfilment_id} was to go out once: {customer(trail)} gets a"
            f" parcel too many, that the ERP did not release"
        )
    twice = list(chain.from_iterable(goods(seen.what.lines) for _, seen in requests[1:]))
    if not twice:
        return "the goods leave the warehouse more than once"
    return f"unless somebody stops one of them, {told(trail, twice)} leave for {customer(trail)} a second time"


def booked_again(warehouse: str, confirmations: Sequence[Seen[ShipmentConfirmation]]) -> str:
    """All confirmations of a shipment but the first are too many."""
    less = list(chain.from_iterable(goods(seen.what.lines, "shipped_quantity") for seen in confirmations[1:]))
    if not less:
        return "the order looks more complete than it is"
    return (
        f"the book of {warehouse} is {listed(less)} short of what is on the shelf: so much can't be sold until somebody"
        f" counts, and the order looks more complete than it is"
    )


def billed_again(trail: OrderTrail, invoices: Sequence[Seen[Invoice]]) -> str:
    """All invoices but the first are too many; one that bills other shipments as well is not wholly so."""
    more = [seen.what for seen in invoices[1:]]
    total = _sum([invoice.totals.gross for invoice in more])
    if total is None or any(len(set(invoice.shipment_ids)) > 1 for invoice in more):
        return "the customer is billed more than once for the same"
    numbers, due = ", ".join(invoice.invoice_no for invoice in more), min(invoice.due_date for invoice in more)
    return f"{customer(trail)} is asked for {total} more than is owed ({numbers}), due on {due}, and is first to notice"


def authorized_again(returns: Sequence[Seen[ReturnAuthorization]]) -> str:
    more = listed(chain.from_iterable(goods(seen.what.lines) for seen in returns[1:]))
    return (
        f"{more} more may come back than the customer asked to send" if more else "more may come back than was wanted"
    )


def announced_again(announced: Sequence[Seen[AnnouncedReturn]]) -> str:
    places, what = " and ".join(seen.party for seen in announced), listed(goods(announced[0].what.lines))
    return f"{places} all wait for the same {what}, and those that get nothing ask where it is"


def received_again(bookings: Sequence[Seen[ReturnReceipt]]) -> str:
    """Only what is restocked adds to the book."""
    again = [line for seen in bookings[1:] for line in seen.what.lines if line.disposition == Disposition.RESTOCK]
    if not again:
        return "the return counts as received more than once"
    return (
        f"the book of {bookings[0].what.warehouse_id} has {listed(goods(again))} that are not on the shelf: so much can"
        f" be sold that nobody has"
    )


def credited_again(trail: OrderTrail, memos: Sequence[Seen[CreditMemo]]) -> str:
    total = _sum([seen.what.totals.gross for seen in memos[1:]])
    if total is None or any(len(set(seen.what.receipt_ids)) > 1 for seen in memos[1:]):
        return "the customer is paid more than once for the same"
    return f"{customer(trail)} is paid {total} more than is due, and has no reason to say so"


def corrected_again(place: tuple[str, str], bookings: Sequence[Seen[InventoryMovement]]) -> str:
    """`place` is warehouse and item."""
    quantities = [seen.what.quantity for seen in bookings[1:]]
    uom = quantities[0].uom
    off = Quantity.total(quantities, uom) if all(each.uom == uom for each in quantities) else Quantity.zero(uom)
    if off.is_zero:
        return "the book moves for what happened once"
    what = listed([Goods("", place[1], off if off.is_positive else -off)])
    if off.is_positive:
        return f"the book of {place[0]} has {what} too much: so much can be sold that nobody has"
    return f"the book of {place[0]} has {what} too little: so much can't be sold that is there"


def _sum(amounts: Sequence[Money]) -> Money | None:
    """None for amounts in several currencies."""
    currencies = {money.currency for money in amounts}
    return Money.total(amounts, currencies.pop()) if len(currencies) == 1 else None
