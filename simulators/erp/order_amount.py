"""What a part of an order line is worth.

Shares are differences of running amounts (so much for the first 6, so much for the first 10), each rounded half up:
whatever the parts in which a line is billed, they add up to the line to the last minor unit.
"""

from __future__ import annotations

from decimal import Context

from ...contracts.objects import Money, Quantity, SalesOrder, SalesOrderLine, SalesOrderStatus

# 19 digits of an amount times 12 of a quantity: exact before the one rounding.
_EXACT = Context(prec=60)
_NOTHING_OWED = frozenset({SalesOrderStatus.ON_HOLD, SalesOrderStatus.REJECTED})


def net_up_to(line: SalesOrderLine, quantity: Quantity) -> Money:
    """The net amount of the first so many units of a line."""
    return line.net_amount if quantity == line.quantity else line.unit_price.times(quantity)


def tax_up_to(line: SalesOrderLine, quantity: Quantity) -> Money:
    """The tax on the first so many units of a line: its part of the line's tax."""
    if quantity == line.quantity:
        return line.tax_amount
    share = _EXACT.divide(_EXACT.multiply(line.tax_amount.amount, quantity.value), line.quantity.value)
    return Money.rounded(share, line.tax_amount.currency)


def net_between(line: SalesOrderLine, start: Quantity, end: Quantity) -> Money:
    return net_up_to(line, end) - net_up_to(line, start)


def tax_between(line: SalesOrderLine, start: Quantity, end: Quantity) -> Money:
    return tax_up_to(line, end) - tax_up_to(line, start)


def still_to_bill(order: SalesOrder) -> Money:
    """Gross of what was taken on and is neither billed nor cancelled: the open part of a customer's exposure."""
    if order.status in _NOTHING_OWED:
        return Money.zero(order.currency)
    if not order.invoice_nos and not any(line.cancelled_quantity.value for line in order.lines):
        return order.totals.gross
    total = Money.zero(order.currency)
    alive = False
    for line in order.lines:
        standing = line.quantity - line.cancelled_quantity
        alive = alive or standing.is_positive
        if line.invoiced_quantity < standing:
            total += net_between(line, line.invoiced_quantity, standing)
            total += tax_between(line, line.invoiced_quantity, standing)
    return total + order.freight if alive and not order.invoice_nos else total
