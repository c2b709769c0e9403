"""Leave to send goods back, an RMA (contracts/canonical/v1/return-authorization.json)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from ..identifiers import (
    CreditMemoNo,
    CrmOrderId,
    CustomerNumber,
    ErpOrderId,
    LineId,
    ReceiptId,
    ReturnRequestId,
    RmaId,
    Sku,
    WarehouseId,
)
from .quantity import Quantity
from .stored import Stored


class ReturnStatus(StrEnum):
    """authorized → partiallyReceived → received → credited; or cancelled, expired."""

    AUTHORIZED = "authorized"
    PARTIALLY_RECEIVED = "partiallyReceived"
    RECEIVED = "received"
    CREDITED = "credited"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class ReturnAuthorizationLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`quantity` may come back; received in any condition so far; credited so far."""

    line_id: LineId
    sku: Sku
    quantity: Quantity
    received_quantity: Quantity
    credited_quantity: Quantity


class ReturnAuthorization(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The ERP's object; `warehouse_id` is where the goods are expected."""

    rma_id: RmaId
    sales_order_id: ErpOrderId
    order_id: CrmOrderId
    customer_number: CustomerNumber
    return_request_id: ReturnRequestId | None = None
    warehouse_id: WarehouseId
    reason: str
    expected_by: date | None = None
    lines: tuple[ReturnAuthorizationLine, ...]
    status: ReturnStatus
    receipt_ids: tuple[ReceiptId, ...]
    credit_memo_nos: tuple[CreditMemoNo, ...]
