"""Customers: who buys, on which terms, and what they owe."""

from __future__ import annotations

import msgspec

from ...contracts.currencies import MINOR_DIGITS
from ...contracts.identifiers import AccountId, CustomerNumber
from ...contracts.objects import AccountStatus, Address, Customer, Money
from ..listing import listing
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from . import settings, versions
from .item import money_problem, named
from .registry import rules


class CustomerRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A customer to be created (contracts/erp, CustomerRequest)."""

    customer_number: CustomerNumber
    account_id: AccountId | None = None
    name: str
    status: AccountStatus = AccountStatus.ACTIVE
    currency: str
    bill_to: Address
    email: str | None = None
    tax_id: str | None = None
    tax_exempt: bool = False
    payment_terms_days: int | None = None
    credit_limit: Money | None = None


class CustomerChange(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What is to change (contracts/erp, CustomerChange); what is None stays."""

    name: str | None = None
    status: AccountStatus | None = None
    bill_to: Address | None = None
    email: str | None = None
    tax_id: str | None = None


@rules.operation("createCustomer")
def create_customer(tx: Transaction, call: Call[CustomerRequest]) -> Customer:
    """Terms and limit are what a new customer gets, where the request leaves them out.

    Raises: Refusal `already-exists`, `currency-mismatch`, `invalid-request` for money that cannot be written.
    """
    request = call.body
    number = request.customer_number
    if tx.find(Customer, number) is not None:
        raise Refusal("already-exists", f"there is a customer {number!r} already", existing=number)
    if request.currency not in MINOR_DIGITS:
        raise Refusal.at("invalid-request", "/currency", f"{request.currency} is not a currency of ISO 4217")
    usual = settings.of(tx)
    limit = request.credit_limit or Money.rounded(usual.new_customer_limit, request.currency)
    if limit.currency != request.currency:
        problem = f"the limit is in {limit.currency}, the customer trades in {request.currency}"
        raise Refusal.at("currency-mismatch", "/creditLimit/currency", problem)
    if problem_text := money_problem(limit):
        raise Refusal.at("invalid-request", "/creditLimit", problem_text)
    terms = usual.new_customer_terms_days if request.payment_terms_days is None else request.payment_terms_days
    customer = Customer(
        customer_number=number,
        account_id=request.account_id,
        name=request.name,
        status=request.status,
        currency=request.currency,
        bill_to=request.bill_to,
        email=request.email,
        tax_id=request.tax_id,
        tax_exempt=request.tax_exempt,
        payment_terms_days=terms,
        credit_limit=limit,
        exposure=Money.zero(request.currency),
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(number, customer)
    return customer


@rules.operation("updateCustomer")
def update_customer(tx: Transaction, call: Call[CustomerChange]) -> Customer:
    """What is named is replaced; a change that changes nothing leaves the version as it is."""
    customer = tx.get(Customer, call.params["customerNumber"])
    call.expect_version(customer.version)
    after = msgspec.structs.replace(customer, **named(call.body))
    return customer if after == customer else versions.put(tx, customer.customer_number, after)


@rules.operation("getCustomer")
def get_customer(tx: Transaction, call: Call[None]) -> Customer:
    return tx.get(Customer, call.params["customerNumber"])


@rules.operation("listCustomers")
def list_customers(tx: Transaction, call: Call[None]) -> Page:
    return listing(tx, call, Customer, {"accountId": "account_id"})
