"""Credit: what a customer owes (open orders and unpaid bills, gross) against the limit."""

from __future__ import annotations

from ...contracts.identifiers import CustomerNumber
from ...contracts.objects import Customer, Hold, HoldKind, Money
from ..transaction import Transaction
from . import versions
from .magnitude import fits_money


def hold_over_limit(tx: Transaction, customer: Customer, gross: Money) -> Hold | None:
    """A hold when the exposure and an order together are over the limit."""
    # All three are in the customer's currency.
    if customer.exposure.amount + gross.amount <= customer.credit_limit.amount:
        return None
    exposure, limit = customer.exposure.amount, customer.credit_limit
    detail = f"exposure {exposure:f} + order {gross.amount:f} is over the limit of {limit}"
    return Hold(kind=HoldKind.CREDIT, since=tx.now, detail=detail)


def add(tx: Transaction, customer: Customer, gross: Money) -> None:
    """The customer, as he stands now, owes so much more."""
    exposure = fits_money(Money(customer.exposure.amount + gross.amount, gross.currency), "/lines")
    versions.put(tx, customer.customer_number, customer, exposure=exposure)


def owe(tx: Transaction, customer_number: CustomerNumber, *, instead_of: Money, now: Money) -> None:
    """A part of what the customer owes has changed from one amount to another."""
    if instead_of == now:
        return
    customer = tx.get(Customer, customer_number)
    add(tx, customer, now - instead_of)
