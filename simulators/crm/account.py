"""Customers as the CRM knows them (contracts/crm/v1, accounts)."""

from __future__ import annotations

import msgspec

from ...contracts.currencies import MINOR_DIGITS
from ...contracts.identifiers import AccountId, CustomerNumber
from ...contracts.objects import Account, AccountStatus, Address
from ..listing import listing
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from .registry import rules

CHANGED = "crossdock.account.changed.v1"


class AccountRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A customer to be entered, with the number that the ERP knows it by."""

    customer_number: CustomerNumber
    name: str
    currency: str
    bill_to: Address
    ship_tos: tuple[Address, ...]


class AccountChange(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What is to change; what is None stays."""

    name: str | None = None
    status: AccountStatus | None = None
    bill_to: Address | None = None
    ship_tos: tuple[Address, ...] | None = None


@rules.operation("createAccount")
def create_account(tx: Transaction, call: Call[AccountRequest]) -> Account:
    """Raises: Refusal `already-exists` when the customer's number is taken, `invalid-request` for no real currency."""
    body = call.body
    if body.currency not in MINOR_DIGITS:
        raise Refusal.at("invalid-request", "/currency", f"{body.currency!r} is not a currency of ISO 4217")
    if taken := tx.where(Account, "customer_number", body.customer_number):
        detail = f"the account {taken[0].account_id} has the customer number {body.customer_number}"
        raise Refusal("already-exists", detail, existing=taken[0].account_id)
    account = Account(
        account_id=AccountId(tx.ids.next("ACC")),
        customer_number=body.customer_number,
        name=body.name,
        status=AccountStatus.ACTIVE,
        currency=body.currency,
        contacts=(),
        bill_to=body.bill_to,
        ship_tos=body.ship_tos,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    return changed(tx, account)


@rules.operation("getAccount")
def get_account(tx: Transaction, call: Call[None]) -> Account:
    return tx.get(Account, call.params["accountId"])


@rules.operation("listAccounts")
def list_accounts(tx: Transaction, call: Call[None]) -> Page:
    filters = {"customerNumber": "customer_number", "status": "status"}
    return listing(tx, call, Account, filters, indexed=("customer_number",))


@rules.operation("updateAccount")
def update_account(tx: Transaction, call: Call[AccountChange]) -> Account:
    """What is named is replaced; a change that changes nothing leaves the version as it is and says nothing."""
    account = tx.get(Account, call.params["accountId"])
    call.expect_version(account.version)
    fields = {
        name: value for name in AccountChange.__struct_fields__ if (value := getattr(call.body, name)) is not None
    }
    after = msgspec.structs.replace(account, **fields)
    return account if after == account else changed(tx, next_version(tx, after))


def next_version(tx: Transaction, account: Account) -> Account:
    return msgspec.structs.replace(account, version=account.version + 1, updated_at=tx.now)


def changed(tx: Transaction, account: Account) -> Account:
    """Store an account and tell it to the world."""
    tx.put(account.account_id, account)
    tx.announce(CHANGED, account.account_id, account)
    return account


def ordering_account(tx: Transaction, account_id: AccountId) -> Account:
    """The account that a quote or an order names. Raises: Refusal `unknown-customer`."""
    account = tx.find(Account, account_id)
    if account is None:
        raise Refusal.at("unknown-customer", "/accountId", f"there is no account {account_id!r}")
    return account


def refuse_blocked(account: Account) -> None:
    """Raises: Refusal `customer-blocked`: a blocked account can place no order."""
    if account.status is AccountStatus.BLOCKED:
        raise Refusal("customer-blocked", f"the account {account.account_id} is blocked, so it can place no order")
