"""A customer as the ERP knows it (contracts/canonical/v1/customer.json)."""

from __future__ import annotations

from ..identifiers import AccountId, CustomerNumber
from .account import AccountStatus
from .address import Address
from .money import Money
from .stored import Stored


class Customer(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What billing and credit need; `exposure` is open orders and unpaid invoices, gross."""

    customer_number: CustomerNumber
    account_id: AccountId | None = None
    name: str
    status: AccountStatus
    currency: str
    bill_to: Address
    email: str | None = None
    tax_id: str | None = None
    tax_exempt: bool
    payment_terms_days: int
    credit_limit: Money
    exposure: Money
