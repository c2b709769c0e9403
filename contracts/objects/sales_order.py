"""An order as the ERP runs it (contracts/canonical/v1/sales-order.json)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from ..identifiers import (
    CrmOrderId,
    CustomerNumber,
    ErpOrderId,
    FulfilmentId,
    InvoiceNo,
    LineId,
    Sku,
    WarehouseId,
)
from .address import Address
from .money import Money
from .partial_policy import PartialPolicy
from .quantity import Quantity
from .reason import Reason
from .sales_order_status import SalesOrderStatus
from .service_level import ServiceLevel
from .stored import Stored
from .timestamp import Timestamp
from .totals import Totals


class HoldKind(StrEnum):
    """Why an order is held: credit, or set by people."""

    CREDIT = "credit"
    MANUAL = "manual"


class Hold(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Keeps an order from being released."""

    kind: HoldKind
    since: Timestamp
    detail: str


class SalesOrderLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """confirmed + backordered + cancelled = ordered (`quantity`); `tax_rate` in percent.

    Confirmed is what was promised from stock, whether still reserved or shipped already; released is what was
    put into fulfilments, less what was cancelled there.
    """

    line_id: LineId
    sku: Sku
    quantity: Quantity
    unit_price: Money
    tax_rate: Decimal
    net_amount: Money
    tax_amount: Money
    warehouse_id: WarehouseId | None = None
    confirmed_quantity: Quantity
    backordered_quantity: Quantity
    cancelled_quantity: Quantity
    released_quantity: Quantity
    shipped_quantity: Quantity
    invoiced_quantity: Quantity
    returned_quantity: Quantity


class SalesOrder(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """`external_reference` is the CRM's order id, and not unique: two posts make two sales orders."""

    sales_order_id: ErpOrderId
    external_reference: CrmOrderId
    customer_number: CustomerNumber
    customer_reference: str | None = None
    currency: str
    requested_date: date | None = None
    ship_to: Address
    bill_to: Address
    service_level: ServiceLevel
    partial_policy: PartialPolicy
    lines: tuple[SalesOrderLine, ...]
    freight: Money
    totals: Totals
    status: SalesOrderStatus
    rejection_reasons: tuple[Reason, ...]
    holds: tuple[Hold, ...]
    fulfilment_ids: tuple[FulfilmentId, ...]
    invoice_nos: tuple[InvoiceNo, ...]
