"""A bill (contracts/canonical/v1/invoice.json)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ..identifiers import CrmOrderId, CustomerNumber, ErpOrderId, InvoiceNo, ShipmentId
from .address import Address
from .billed_line import BilledLine
from .money import Money
from .stored import Stored
from .totals import Totals


class InvoiceStatus(StrEnum):
    """posted → partiallyPaid → paid; or cancelled."""

    POSTED = "posted"
    PARTIALLY_PAID = "partiallyPaid"
    PAID = "paid"
    CANCELLED = "cancelled"


class Invoice(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The ERP's object; `freight` is what this invoice bills: all of it on the first of an order, else
    zero.
    """

    invoice_no: InvoiceNo
    sales_order_id: ErpOrderId
    order_id: CrmOrderId
    customer_number: CustomerNumber
    shipment_ids: tuple[ShipmentId, ...]
    currency: str
    issue_date: date
    due_date: date
    bill_to: Address
    lines: tuple[BilledLine, ...]
    freight: Money
    totals: Totals
    status: InvoiceStatus
