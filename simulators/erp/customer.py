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
from .item import money_problem
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
    payment_terms_days: int
    credit_limit: Money


@rules.operation("createCustomer")
def create_customer(tx: Transaction, call: Call[CustomerRequest]) -> Customer:
    """Raises: Refusal `already-exists`, `currency-mismatch`, `invalid-request` for money that cannot be written."""
    request = call.body
    number = request.customer_number
    if tx.find(Customer, number) is not None:
        raise Refusal("already-exists", f"there is a customer {number!r} already", existing=number)
    if request.currency not in MINOR_DIGITS:
        raise Refusal.at("invalid-request", "/currency", f"{request.currency} is not a currency of ISO 4217")
    if request.credit_limit.currency != request.currency:
        problem = f"the limit is in {request.credit_limit.currency}, the customer trades in {request.currency}"
        raise Refusal.at("currency-mismatch", "/creditLimit/currency", problem)
    if problem_text := money_problem(request.credit_limit):
        raise Refusal.at("invalid-request", "/creditLimit", problem_text)
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
        payment_terms_days=request.payment_terms_days,
        credit_limit=request.credit_limit,
        exposure=Money.zero(request.currency),
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(number, customer)
    return customer


@rules.operation("getCustomer")
def get_customer(tx: Transaction, call: Call[None]) -> Customer:
    return tx.get(Customer, call.params["customerNumber"])


@rules.operation("listCustomers")
def list_customers(tx: Transaction, call: Call[None]) -> Page:
    return listing(tx, call, Customer, {"accountId": "account_id"})
