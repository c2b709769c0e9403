"""Orders as customers placed them (contracts/crm/v1, orders): entered by people, or made from a quote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from ...contracts.identifiers import AccountId, ContactId, CrmOrderId, LineId, QuoteId, Sku
from ...contracts.objects import (
    Account,
    Address,
    LineQuantities,
    Money,
    Order,
    OrderLine,
    OrderStatus,
    PartialPolicy,
    Quantity,
    QuoteLine,
    ServiceLevel,
    Totals,
)
from ..listing import listing
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from .account import ordering_account, refuse_blocked
from .registry import rules
from .totals import totals

SUBMITTED = "crossdock.order.submitted.v1"


class OrderRequestLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`unit_price` is net, for one unit of the quantity."""

    line_id: LineId
    sku: Sku
    description: str | None = None
    quantity: Quantity
    unit_price: Money


class OrderRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """An order to be entered. `bill_to` None: the account's."""

    account_id: AccountId
    contact_id: ContactId | None = None
    customer_reference: str | None = None
    currency: str
    requested_date: date | None = None
    ship_to: Address
    bill_to: Address | None = None
    service_level: ServiceLevel
    partial_policy: PartialPolicy
    lines: tuple[OrderRequestLine, ...]
    freight: Money


@rules.operation("createOrder")
def create_order(tx: Transaction, call: Call[OrderRequest]) -> Order:
    """Raises: Refusal `unknown-customer`, `customer-blocked`; `invalid-request` for a contact of somebody else;
    see `totals.totals`."""
    body = call.body
    account = ordering_account(tx, body.account_id)
    refuse_blocked(account)
    if body.contact_id is not None and body.contact_id not in {contact.contact_id for contact in account.contacts}:
        problem = f"the account {account.account_id} has no contact {body.contact_id!r}"
        raise Refusal.at("invalid-request", "/contactId", problem)
    return place(
        tx,
        account,
        contact_id=body.contact_id,
        customer_reference=body.customer_reference,
        requested_date=body.requested_date,
        ship_to=body.ship_to,
        bill_to=body.bill_to or account.bill_to,
        service_level=body.service_level,
        partial_policy=body.partial_policy,
        lines=body.lines,
        freight=body.freight,
        totals=totals(account, body.currency, body.lines, body.freight),
    )


@rules.operation("getOrder")
def get_order(tx: Transaction, call: Call[None]) -> Order:
    return tx.get(Order, call.params["orderId"])


@rules.operation("listOrders")
def list_orders(tx: Transaction, call: Call[None]) -> Page:
    return listing(tx, call, Order, {"accountId": "account_id", "status": "status"}, indexed=("account_id",))


def place(
    tx: Transaction,
    account: Account,
    *,
    quote_id: QuoteId | None = None,
    contact_id: ContactId | None = None,
    customer_reference: str | None,
    requested_date: date | None,
    ship_to: Address,
    bill_to: Address,
    service_level: ServiceLevel,
    partial_policy: PartialPolicy,
    lines: Sequence[OrderRequestLine | QuoteLine],
    freight: Money,
    totals: Totals,
) -> Order:
    """Store a new order of the account and announce it whole."""
    order = Order(
        order_id=CrmOrderId(tx.ids.next("CO")),
        account_id=account.account_id,
        customer_number=account.customer_number,
        contact_id=contact_id,
        quote_id=quote_id,
        customer_reference=customer_reference,
        currency=account.currency,
        requested_date=requested_date,
        ship_to=ship_to,
        bill_to=bill_to,
        service_level=service_level,
        partial_policy=partial_policy,
        lines=tuple(
            OrderLine(
                line_id=line.line_id,
                sku=line.sku,
                description=line.description,
                quantity=line.quantity,
                unit_price=line.unit_price,
                quantities=LineQuantities.none(line.quantity.uom),
            )
            for line in lines
        ),
        freight=freight,
        totals=totals,
        status=OrderStatus.SUBMITTED,
        tracking=(),
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(order.order_id, order)
    tx.announce(SUBMITTED, order.order_id, order, order_id=order.order_id)
    return order


def told(tx: Transaction, before: Order, after: Order) -> Order:
    """Store what the CRM was told of an order. Told what it knows already, it changes nothing, not even the version."""
    if after == before:
        return before
    after = msgspec.structs.replace(after, version=before.version + 1, updated_at=tx.now)
    tx.put(after.order_id, after)
    return after
