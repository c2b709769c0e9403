"""Invoices: what is billed of a sales order, at the order's prices."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from ...contracts.identifiers import ErpOrderId, InvoiceNo, ShipmentId
from ...contracts.objects import (
    BilledLine,
    Customer,
    Invoice,
    InvoiceStatus,
    Money,
    SalesOrder,
    SalesOrderLine,
    SalesOrderStatus,
    Totals,
)
from ..listing import listing
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from . import line_request
from .line_request import LineRequest
from .order_amount import net_between, tax_between
from .order_progress import change, with_lines
from .registry import rules

POSTED = "crossdock.invoice.posted.v1"
NOT_BILLABLE = frozenset({SalesOrderStatus.REJECTED, SalesOrderStatus.ON_HOLD, SalesOrderStatus.CANCELLED})
# Invoices of several shipments share one entry of the index by shipment; they are few.
SEVERAL = ShipmentId("")


class InvoiceRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """What is to be billed (contracts/erp, InvoiceRequest)."""

    sales_order_id: ErpOrderId
    shipment_ids: tuple[ShipmentId, ...]
    lines: tuple[LineRequest, ...]


def billed_shipment(invoice: Invoice) -> ShipmentId:
    """The index by which a shipment finds its invoices."""
    return invoice.shipment_ids[0] if len(invoice.shipment_ids) == 1 else SEVERAL


@rules.operation("createInvoice")
def create_invoice(tx: Transaction, call: Call[InvoiceRequest]) -> Invoice:
    """Bill up to what was ordered. That it is no more than was shipped is the caller's duty, and so are the shipments,
    which are kept as they are told.

    Raises: Refusal `unknown-sales-order`, `order-state`, `unknown-line`, `unknown-unit`, `over-billing`.
    """
    request = call.body
    order = tx.find(SalesOrder, request.sales_order_id)
    if order is None:
        problem = f"there is no sales order {request.sales_order_id!r}"
        raise Refusal.at("unknown-sales-order", "/salesOrderId", problem)
    if order.status in NOT_BILLABLE:
        raise Refusal("order-state", f"{order.sales_order_id} is {order.status.value}: there is nothing to bill")
    known = {line.line_id: line for line in order.lines}
    pairs = line_request.matched(request.lines, known, order.sales_order_id)
    _expect_not_over(pairs)
    invoice = _invoice(tx, order, request, pairs)
    tx.put(invoice.invoice_no, invoice)
    tx.announce(POSTED, invoice.invoice_no, invoice, order_id=order.external_reference)
    billed = {
        line.line_id: replace(line, invoiced_quantity=line.invoiced_quantity + asked.quantity) for asked, line in pairs
    }
    after = replace(with_lines(order, billed), invoice_nos=(*order.invoice_nos, invoice.invoice_no))
    change(tx, order, after, billed=invoice.totals.gross)
    return invoice


@rules.operation("getInvoice")
def get_invoice(tx: Transaction, call: Call[None]) -> Invoice:
    return tx.get(Invoice, call.params["invoiceNo"])


@rules.operation("listInvoices")
def list_invoices(tx: Transaction, call: Call[None]) -> Page:
    """All invoices, those of a sales order, or those that bill a shipment."""
    shipment_id = call.params.get("shipmentId")
    filters, indexed = {"salesOrderId": "sales_order_id"}, ("sales_order_id",)
    if shipment_id is None:
        return listing(tx, call, Invoice, filters, indexed=indexed)
    among = ("shipment", (shipment_id, SEVERAL))
    return listing(
        tx,
        call,
        Invoice,
        filters,
        indexed=indexed,
        also=lambda invoice: shipment_id in invoice.shipment_ids,
        among=among,
    )


def _expect_not_over(pairs: list[tuple[LineRequest, SalesOrderLine]]) -> None:
    for place, (asked, line) in enumerate(pairs):
        left = line.quantity - line.invoiced_quantity
        if asked.quantity > left:
            problem = f"{line.quantity} were ordered, {line.invoiced_quantity} are billed: {left} are left to bill"
            raise Refusal.at("over-billing", f"/lines/{place}/quantity", f"{problem}, not {asked.quantity}")


def _invoice(
    tx: Transaction, order: SalesOrder, request: InvoiceRequest, pairs: list[tuple[LineRequest, SalesOrderLine]]
) -> Invoice:
    lines = tuple(_billed(asked, line) for asked, line in pairs)
    freight = Money.zero(order.currency) if order.invoice_nos else order.freight
    net = Money.total((line.net_amount for line in lines), order.currency)
    tax = Money.total((line.tax_amount for line in lines), order.currency)
    issued = tx.now.date()
    return Invoice(
        invoice_no=InvoiceNo(tx.ids.next("INV")),
        sales_order_id=order.sales_order_id,
        order_id=order.external_reference,
        customer_number=order.customer_number,
        shipment_ids=request.shipment_ids,
        currency=order.currency,
        issue_date=issued,
        due_date=_due(issued, tx.get(Customer, order.customer_number)),
        bill_to=order.bill_to,
        lines=lines,
        freight=freight,
        totals=Totals(net=net, freight=freight, tax=tax, gross=net + freight + tax),
        status=InvoiceStatus.POSTED,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )


def _billed(asked: LineRequest, line: SalesOrderLine) -> BilledLine:
    start, end = line.invoiced_quantity, line.invoiced_quantity + asked.quantity
    return BilledLine(
        line_id=line.line_id,
        sku=line.sku,
        quantity=asked.quantity,
        unit_price=line.unit_price,
        tax_rate=line.tax_rate,
        net_amount=net_between(line, start, end),
        tax_amount=tax_between(line, start, end),
    )


def _due(issued: date, customer: Customer) -> date:
    return issued + timedelta(days=customer.payment_terms_days)
