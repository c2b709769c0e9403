"""The ERP: items, customers, sales orders, reservations, the books of the stock, invoices, returns, credit memos."""

from __future__ import annotations

from ...contracts.objects import CreditMemo, Fulfilment, Invoice, ReturnAuthorization, SalesOrder
from ..kinds import PartyKind
from . import (
    availability,
    backorder,
    cancellation,
    credit_memo,
    customer,
    fulfilment,
    hold,
    instructions,
    invoice,
    item,
    release,
    reroute,
    reservation,
    return_authorization,
    return_receipt,
    sales_order,
    settings,
    shipment_confirmation,
    stock_count,
    stock_movement,
)
from .registry import rules

__all__ = [
    "KIND",
    "availability",
    "backorder",
    "cancellation",
    "credit_memo",
    "customer",
    "fulfilment",
    "hold",
    "instructions",
    "invoice",
    "item",
    "release",
    "reroute",
    "reservation",
    "return_authorization",
    "return_receipt",
    "sales_order",
    "settings",
    "shipment_confirmation",
    "stock_count",
    "stock_movement",
]

KIND = PartyKind(
    rules=rules,
    indexes={
        SalesOrder: {"external_reference": lambda order: order.external_reference},
        reservation.StockReservation: {
            "order": lambda held: held.sales_order_id,
            "unreleased": reservation.unreleased_at,
        },
        backorder.Backorder: {"order": lambda waiting: waiting.sales_order_id, "waiting": backorder.waiting_at},
        Fulfilment: {
            "sales_order_id": lambda released: released.sales_order_id,
            "order_id": lambda released: released.order_id,
        },
        Invoice: {
            "sales_order_id": lambda bill: bill.sales_order_id,
            "shipment": invoice.billed_shipment,
        },
        CreditMemo: {"sales_order_id": lambda memo: memo.sales_order_id, "rma_id": lambda memo: memo.rma_id},
        ReturnAuthorization: {
            "sales_order_id": lambda authorization: authorization.sales_order_id,
            "return_request_id": lambda authorization: authorization.return_request_id,
        },
    },
    settings=settings.initial,
)
