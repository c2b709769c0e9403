"""Sales orders: taking an order, and reading it again.

Taking one is the busiest operation of the ERP. It reads the customer, and per line an item and a stock position; it
writes the order, a position per line, the customer's exposure and one reservation per warehouse.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from ...contracts.identifiers import ErpOrderId
from ...contracts.objects import (
    Customer,
    Hold,
    PartialPolicy,
    Quantity,
    Reason,
    SalesOrder,
    SalesOrderLine,
    SalesOrderStatus,
    Totals,
)
from ..listing import listing
from ..rules import Call
from ..transaction import Page, Transaction
from . import availability, credit, order_entry, order_promise, order_valuation, settings
from .acknowledgement import acknowledge
from .availability import Promise, nothing_promised
from .order_amount import still_to_bill
from .order_entry import SalesOrderRequest
from .order_valuation import LineValue
from .registry import rules
from .release import follow_promise
from .stock_ledger import NOTHING


@rules.operation("createSalesOrder")
def create_sales_order(tx: Transaction, call: Call[SalesOrderRequest]) -> SalesOrder:
    """Check an order, promise what there is, and acknowledge it.

    Raises: Refusal when the order names what is not known here (see order_entry). What the business has against it
    (price, credit, stock) is no error: it stands in the answer.
    """
    request = call.body
    customizing = settings.of(tx)
    customer, items = order_entry.check(tx, customizing, request)
    values, totals, reasons = order_valuation.value(tx, customizing, request, customer, items)
    entry = _Entry(request, customer, values, totals)
    if reasons:
        return _reject(tx, entry, reasons)
    hold = credit.hold_over_limit(tx, customer, totals.gross)
    if hold is not None and not customizing.reserve_on_hold:
        nothing = [nothing_promised(line) for line in request.lines]
        return _take(tx, _order(tx, entry, nothing, SalesOrderStatus.ON_HOLD, holds=(hold,)), customer)
    policy = request.partial_policy
    promises = availability.promise(tx, customizing, request.ship_to, policy, request.lines)
    if order_promise.is_refused(policy, promises):
        return _reject(tx, entry, (order_promise.NO_STOCK,))
    waits = policy is not PartialPolicy.SHIP_AVAILABLE
    if hold is not None:
        order = _order(tx, entry, promises, SalesOrderStatus.ON_HOLD, waits=waits, holds=(hold,))
        order_promise.keep(tx, order)
        return _take(tx, order, customer)
    status = SalesOrderStatus.BACKORDERED
    if order_promise.something(promises):
        status = SalesOrderStatus.RELEASED if customizing.release_after_h <= 0 else SalesOrderStatus.ACCEPTED
    order = _order(tx, entry, promises, status, waits=waits)
    reserved = order_promise.keep(tx, order)
    _take(tx, order, customer)
    released = follow_promise(tx, customizing, order, reserved)
    if released is not order:
        tx.put(order.sales_order_id, released)
    return released


class _Entry(msgspec.Struct, frozen=True, gc=False):
    """An order that was checked and valued."""

    request: SalesOrderRequest
    customer: Customer
    values: Sequence[LineValue]
    totals: Totals


def _reject(tx: Transaction, entry: _Entry, reasons: tuple[Reason, ...]) -> SalesOrder:
    nothing = [nothing_promised(line) for line in entry.request.lines]
    order = _order(tx, entry, nothing, SalesOrderStatus.REJECTED, waits=False)
    return _take(tx, replace(order, rejection_reasons=reasons), entry.customer)


def _take(tx: Transaction, order: SalesOrder, customer: Customer) -> SalesOrder:
    """Store, owe, acknowledge."""
    tx.put(order.sales_order_id, order)
    owed = still_to_bill(order)
    if owed.amount:
        credit.add(tx, customer, owed)
    acknowledge(tx, order)
    return order


def _order(
    tx: Transaction,
    entry: _Entry,
    promises: Sequence[Promise],
    status: SalesOrderStatus,
    *,
    waits: bool = True,
    holds: tuple[Hold, ...] = (),
) -> SalesOrder:
    """The new order; what is missing of a line waits, or is cancelled."""
    request = entry.request
    lines = []
    for line, value, promise in zip(request.lines, entry.values, promises, strict=True):
        missing = promise.missing
        nothing = Quantity(NOTHING, missing.uom)
        lines.append(
            SalesOrderLine(
                line_id=line.line_id,
                sku=line.sku,
                quantity=line.quantity,
                unit_price=value.price,
                tax_rate=value.rate,
                net_amount=value.net,
                tax_amount=value.tax,
                warehouse_id=promise.warehouse_id,
                confirmed_quantity=promise.confirmed,
                backordered_quantity=missing if waits else nothing,
                cancelled_quantity=nothing if waits else missing,
                released_quantity=nothing,
                shipped_quantity=nothing,
                invoiced_quantity=nothing,
                returned_quantity=nothing,
            )
        )
    return SalesOrder(
        sales_order_id=ErpOrderId(tx.ids.next("SO")),
        external_reference=request.external_reference,
        customer_number=request.customer_number,
        customer_reference=request.customer_reference,
        currency=request.currency,
        requested_date=request.requested_date,
        ship_to=request.ship_to,
        bill_to=request.bill_to if request.bill_to is not None else entry.customer.bill_to,
        service_level=request.service_level,
        partial_policy=request.partial_policy,
        lines=tuple(lines),
        freight=request.freight,
        totals=entry.totals,
        status=status,
        rejection_reasons=(),
        holds=holds,
        fulfilment_ids=(),
        invoice_nos=(),
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )


@rules.operation("getSalesOrder")
def get_sales_order(tx: Transaction, call: Call[None]) -> SalesOrder:
    return tx.get(SalesOrder, call.params["salesOrderId"])


@rules.operation("listSalesOrders")
def list_sales_orders(tx: Transaction, call: Call[None]) -> Page:
    """All orders, those of one CRM order (`externalReference`), or those in one status."""
    filters = {"externalReference": "external_reference", "status": "status"}
    return listing(tx, call, SalesOrder, filters, indexed=("external_reference",))
