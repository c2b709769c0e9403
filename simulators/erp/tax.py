"""Tax: a rate per item's category and ship-to place, on each line's net amount, rounded half up per line."""

from __future__ import annotations

from decimal import Decimal

from ...contracts.objects import Address, Customer
from . import settings
from .settings import ErpSettings, TaxRates

NO_TAX = TaxRates(standard=Decimal(0), reduced=Decimal(0))


def rates_for(customizing: ErpSettings, customer: Customer, ship_to: Address) -> TaxRates:
    """The rates that a customer pays on what goes to an address."""
    return NO_TAX if customer.tax_exempt else settings.at_place(customizing.tax_rates, ship_to, NO_TAX)
