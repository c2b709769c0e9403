"""Offers to customers (contracts/crm/v1, quotes).

draft → presented → accepted | rejected | expired; accepted → ordered.
"""

from __future__ import annotations

from datetime import date
from typing import cast

import msgspec

from ...contracts.identifiers import AccountId, QuoteId
from ...contracts.objects import (
    Account,
    Address,
    Money,
    Order,
    PartialPolicy,
    Quote,
    QuoteLine,
    QuoteStatus,
    ServiceLevel,
)
from ..listing import DEFAULT_LIMIT
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from .account import ordering_account, refuse_blocked
from .order import place
from .registry import rules
from .totals import totals


class QuoteRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """An offer to be drafted."""

    account_id: AccountId
    currency: str
    valid_until: date
    ship_to: Address
    service_level: ServiceLevel
    lines: tuple[QuoteLine, ...]
    freight: Money


class QuoteConversion(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What an order has that a quote has not."""

    customer_reference: str | None = None
    requested_date: date | None = None
    bill_to: Address | None = None
    partial_policy: PartialPolicy = PartialPolicy.ALLOW_BACKORDER


@rules.operation("createQuote")
def create_quote(tx: Transaction, call: Call[QuoteRequest]) -> Quote:
    """Raises: Refusal `unknown-customer`; see `totals.totals`."""
    body = call.body
    account = ordering_account(tx, body.account_id)
    quote = Quote(
        quote_id=QuoteId(tx.ids.next("QUO")),
        account_id=account.account_id,
        customer_number=account.customer_number,
        currency=account.currency,
        valid_until=body.valid_until,
        ship_to=body.ship_to,
        service_level=body.service_level,
        lines=body.lines,
        freight=body.freight,
        totals=totals(account, body.currency, body.lines, body.freight),
        status=QuoteStatus.DRAFT,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(quote.quote_id, quote)
    return quote


@rules.operation("getQuote")
def get_quote(tx: Transaction, call: Call[None]) -> Quote:
    return as_of_today(tx, tx.get(Quote, call.params["quoteId"]))


@rules.operation("listQuotes")
def list_quotes(tx: Transaction, call: Call[None]) -> Page:
    """Filters by the status that a reader sees, so an overdue quote is found as expired."""
    account_id, status, since = (call.params.get(name) for name in ("accountId", "status", "updatedSince"))

    def keep(quote: Quote) -> bool:
        return (
            account_id in (None, quote.account_id)
            and status in (None, as_of_today(tx, quote).status)
            and (since is None or quote.updated_at >= since)
        )

    page = tx.page(Quote, call.params.get("limit", DEFAULT_LIMIT), call.params.get("cursor"), keep)
    return Page(tuple(as_of_today(tx, cast("Quote", quote)) for quote in page.items), page.next_cursor)


@rules.operation("presentQuote")
def present_quote(tx: Transaction, call: Call[None]) -> Quote:
    """Raises: Refusal `quote-state`, `quote-expired`."""
    quote = _step(tx, call, QuoteStatus.DRAFT, "presented")
    _refuse_overdue(tx, quote)
    return _changed(tx, quote, QuoteStatus.PRESENTED)


@rules.operation("acceptQuote")
def accept_quote(tx: Transaction, call: Call[None]) -> Quote:
    """Raises: Refusal `quote-state`, `quote-expired`."""
    quote = _step(tx, call, QuoteStatus.PRESENTED, "accepted")
    _refuse_overdue(tx, quote)
    return _changed(tx, quote, QuoteStatus.ACCEPTED)


@rules.operation("rejectQuote")
def reject_quote(tx: Transaction, call: Call[None]) -> Quote:
    """Raises: Refusal `quote-state`."""
    quote = _step(tx, call, QuoteStatus.PRESENTED, "rejected")
    if as_of_today(tx, quote).status is QuoteStatus.EXPIRED:
        raise Refusal(
            "quote-state", f"the quote {quote.quote_id} expired on {quote.valid_until}: it needs no answer any more"
        )
    return _changed(tx, quote, QuoteStatus.REJECTED)


@rules.operation("convertQuote")
def convert_quote(tx: Transaction, call: Call[QuoteConversion | None]) -> Order:
    """Raises: Refusal `quote-state` (with the order, when there is one), `customer-blocked`."""
    quote = _step(tx, call, QuoteStatus.ACCEPTED, "converted")
    account = tx.get(Account, quote.account_id)
    refuse_blocked(account)
    terms = call.body or QuoteConversion()
    order = place(
        tx,
        account,
        quote_id=quote.quote_id,
        customer_reference=terms.customer_reference,
        requested_date=terms.requested_date,
        ship_to=quote.ship_to,
        bill_to=terms.bill_to or account.bill_to,
        service_level=quote.service_level,
        partial_policy=terms.partial_policy,
        lines=quote.lines,
        freight=quote.freight,
        totals=quote.totals,
    )
    _changed(tx, msgspec.structs.replace(quote, order_id=order.order_id), QuoteStatus.ORDERED)
    return order


def as_of_today(tx: Transaction, quote: Quote) -> Quote:
    """The quote as a reader sees it: presented and overdue is expired. `valid_until` is its last good day, in UTC."""
    if quote.status is QuoteStatus.PRESENTED and quote.valid_until < tx.now.date():
        return msgspec.structs.replace(quote, status=QuoteStatus.EXPIRED)
    return quote


def _step(tx: Transaction, call: Call[None] | Call[QuoteConversion | None], before: QuoteStatus, step: str) -> Quote:
    quote = tx.get(Quote, call.params["quoteId"])
    call.expect_version(quote.version)
    if quote.status is not before:
        detail = f"the quote {quote.quote_id} is {quote.status}; only what is {before} can be {step}"
        raise Refusal("quote-state", detail, existing=quote.order_id)
    return quote


def _refuse_overdue(tx: Transaction, quote: Quote) -> None:
    if quote.valid_until < tx.now.date():
        raise Refusal("quote-expired", f"the quote {quote.quote_id} was good until {quote.valid_until}; make a new one")


def _changed(tx: Transaction, quote: Quote, status: QuoteStatus) -> Quote:
    after = msgspec.structs.replace(quote, status=status, version=quote.version + 1, updated_at=tx.now)
    tx.put(quote.quote_id, after)
    return after
