"""M1, M2 and M3: what comes of a wrong bill, a wrong credit, or money of another kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ...contracts.objects import BilledLine, Invoice, Money, SalesOrder
from ..goods import customer
from ..seen import Seen
from ..trail import OrderTrail


def billed_otherwise(trail: OrderTrail, invoice: Invoice, line_id: str, shipped: Decimal, billed: Decimal) -> str:
    """Of a line, in the unit of the bill; at the price of the bill, or of the order where it is on no bill."""
    price, sku = _price(trail, invoice.lines, line_id)
    if price is None:
        off = f"{abs(billed - shipped):f} of line {line_id}"
    else:
        off = f"{price.times(abs(billed - shipped))} net for {abs(billed - shipped):f} of {sku}"
    if billed > shipped:
        return f"{customer(trail)} is asked for {off} that never left, due on {invoice.due_date}, and disputes the bill"
    return f"{off} are given away: they left, and no customer complains of a bill that is too low"


def billed_at_another_price(trail: OrderTrail, invoice: Invoice, line: BilledLine, agreed: Money) -> str:
    over = line.unit_price > agreed
    off = (line.unit_price - agreed if over else agreed - line.unit_price).times(line.quantity)
    if over:
        return (
            f"{customer(trail)} is asked for {off} net more than was agreed on {invoice.invoice_no}, and notices first"
        )
    return f"{off} net less than was agreed come in by {invoice.invoice_no}, and nobody complains"


def another_freight(trail: OrderTrail, invoice: Invoice, agreed: Money) -> str:
    over = invoice.freight > agreed
    off = invoice.freight - agreed if over else agreed - invoice.freight
    if over:
        return f"{customer(trail)} is asked for {off} freight more than was agreed, and notices first"
    return f"{off} freight are never asked for, and nobody complains"


def credited_otherwise(trail: OrderTrail, line_id: str, accepted: Decimal, credited: Decimal) -> str:
    """Of a line of a return, in the order line's unit, at the price that was billed."""
    price = next((p for p in (_price(trail, s.what.lines, line_id)[0] for s in trail.invoices.values()) if p), None)
    off = f"{abs(credited - accepted):f} of line {line_id}"
    money = f"{price.times(abs(credited - accepted))} net for {off}" if price else off
    if credited > accepted:
        return f"{customer(trail)} is paid {money} that the warehouse did not accept and nobody can sell"
    return f"{money} are kept back from {customer(trail)}, who sent them back and asks for the money"


def credited_at_another_price(trail: OrderTrail, line: BilledLine, billed: Money) -> str:
    over = line.unit_price > billed
    off = (line.unit_price - billed if over else billed - line.unit_price).times(line.quantity)
    return f"{customer(trail)} is paid {off} net {'more' if over else 'less'} than was billed for the same goods"


def credited_beyond_bills(trail: OrderTrail, line_id: str, billed: Decimal, credited: Decimal) -> str:
    prices = (_price(trail, seen.what.lines, line_id)[0] for seen in trail.returns.live_credits())
    price = next(filter(None, prices), None)
    off = f"{credited - billed:f} of line {line_id}"
    return (
        f"{customer(trail)} gets {f'{price.times(credited - billed)} net' if price else 'money'} for {off} never billed"
    )


def in_other_money(trail: OrderTrail | None, seen: Seen[Any], currency: str) -> str:
    """A document of the ERP, or a customer's record there, in other money than `currency`."""
    what = seen.what
    if trail is None:
        return (
            f"all that {what.name} orders is priced and billed in {what.currency}, and nobody notices until it is paid"
        )
    gross = what.totals.gross
    asked = f"{customer(trail)} would pay {gross} where {gross.amount:f} {currency} was meant"
    if isinstance(what, Invoice | SalesOrder):
        return f"{asked}, and nobody notices until it is paid"
    return f"{customer(trail)} is paid {gross} where {gross.amount:f} {currency} was meant"


def _price(trail: OrderTrail, lines: tuple[BilledLine, ...], line_id: str) -> tuple[Money | None, str]:
    """Unit price and item of a line: by the document, else by the order."""
    for line in lines:
        if line.line_id == line_id:
            return line.unit_price, line.sku
    for ordered in trail.order.what.lines if trail.order else ():
        if ordered.line_id == line_id:
            return ordered.unit_price, ordered.sku
    return None, ""
