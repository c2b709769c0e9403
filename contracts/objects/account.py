"""A customer as the CRM knows it (contracts/canonical/v1/account.json)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from ..identifiers import AccountId, ContactId, CustomerNumber
from .address import Address
from .stored import Stored


class AccountStatus(StrEnum):
    """A blocked account can place no order; for a blocked customer the ERP rejects every order."""

    ACTIVE = "active"
    BLOCKED = "blocked"


class Contact(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A person at the customer."""

    contact_id: ContactId
    name: str
    email: str
    phone: str | None = None
    role: str | None = None


class Account(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A customer as the CRM knows it; the first of `ship_tos` is the usual place."""

    account_id: AccountId
    customer_number: CustomerNumber
    name: str
    status: AccountStatus
    currency: str
    contacts: tuple[Contact, ...]
    bill_to: Address
    ship_tos: tuple[Address, ...]
