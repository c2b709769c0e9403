"""What an order is worth: price, tax rate and tax of each line, and what speaks against them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import msgspec

from ...contracts.objects import AccountStatus, Customer, Item, Money, Reason, Totals
from ..transaction import Transaction
from . import pricing, tax
from .magnitude import fits_money
from .order_entry import SalesOrderRequest
from .settings import ErpSettings

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


class LineValue(msgspec.Struct, frozen=True, gc=False):
    """`net` = price × quantity, `tax` = net × rate (percent), each rounded half up. `price` is the ERP's own where the
    order says the same, so that it is kept once for all orders.
    """

    price: Money
    rate: Decimal
    net: Money
    tax: Money


def value(
    tx: Transaction, customizing: ErpSettings, request: SalesOrderRequest, customer: Customer, items: list[Item]
) -> tuple[list[LineValue], Totals, tuple[Reason, ...]]:
    """The value of each line, the totals, and the business reasons to reject the order, if any.

    Raises: Refusal `invalid-request` when the order is worth more than can be written.
    """
    reasons: list[Reason] = []
    if customer.status is AccountStatus.BLOCKED:
        reasons.append(Reason(code="customerBlocked", detail=f"{customer.customer_number} is blocked"))
    rates = tax.rates_for(customizing, customer, request.ship_to)
    agreed = pricing.agreed_with(tx, customer)
    currency = customer.currency
    values: list[LineValue] = []
    nets = taxes = minor = Money.zero(currency).amount
    multiply, quantize = _EXACT.multiply, _EXACT.quantize
    rate = share = Decimal(0)
    for line, item in zip(request.lines, items, strict=True):
        if not item.active:
            reasons.append(Reason(code="itemInactive", detail=f"{item.sku} is no longer sold", line_id=line.line_id))
        price = pricing.price_of(agreed, item, currency)
        if price is None:
            price = line.unit_price
        elif price.amount != line.unit_price.amount:
            detail = f"{item.sku} costs {price}, the order says {line.unit_price}"
            reasons.append(Reason(code="priceMismatch", detail=detail, line_id=line.line_id))
            price = line.unit_price
        if (percent := rates.of(item.tax_category)) is not rate:
            rate, share = percent, percent.scaleb(-2)
        # Money.times and Money.percent, without their detours, because each line of each order comes by here.
        net = quantize(multiply(price.amount, line.quantity.value), minor)
        levied = quantize(multiply(net, share), minor)
        values.append(LineValue(price, rate, Money(net, currency), Money(levied, currency)))
        nets += net
        taxes += levied
    gross = fits_money(Money(nets + request.freight.amount + taxes, currency), "/lines")
    totals = Totals(net=Money(nets, currency), freight=request.freight, tax=Money(taxes, currency), gross=gross)
    return values, totals, tuple(reasons)
