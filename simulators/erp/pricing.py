"""Prices: what was agreed with a customer goes before the list price; what has no price is sold as the order says."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ...contracts.identifiers import CustomerNumber, Sku
from ...contracts.objects import Customer, Item, Money
from ..transaction import Transaction

LIST_ONLY: Mapping[Sku, Money] = {}


class PriceAgreement(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """A customer's own net prices for one base unit, in the customer's currency, under the customer's number."""

    customer_number: CustomerNumber
    prices: dict[Sku, Money]


def agreed_with(tx: Transaction, customer: Customer) -> Mapping[Sku, Money]:
    """Item → the price that was agreed with the customer."""
    agreement = tx.find(PriceAgreement, customer.customer_number)
    return LIST_ONLY if agreement is None else agreement.prices


def price_of(agreed: Mapping[Sku, Money], item: Item, currency: str) -> Money | None:
    """The net price of one base unit, None when the ERP has none in this currency."""
    price = agreed.get(item.sku)
    if price is not None and price.currency == currency:
        return price
    for price in item.prices:
        if price.currency == currency:
            return price
    return None
