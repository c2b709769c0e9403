"""An order as the customer placed it, and what customer service sees of it
(contracts/canonical/v1/order.json).
"""

from __future__ import annotations

from datetime import date

import msgspec

from ..identifiers import AccountId, ContactId, CrmOrderId, CustomerNumber, ErpOrderId, LineId, QuoteId, Sku
from .address import Address
from .line_quantities import LineQuantities
from .money import Money
from .order_status import OrderStatus
from .order_tracking import OrderTracking
from .partial_policy import PartialPolicy
from .quantity import Quantity
from .service_level import ServiceLevel
from .stored import Stored
from .timestamp import Timestamp
from .totals import Totals


class OrderLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`quantity` is what was ordered, `quantities` what became of it, as the CRM was told last."""

    line_id: LineId
    sku: Sku
    description: str | None = None
    quantity: Quantity
    unit_price: Money
    quantities: LineQuantities


class Order(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The CRM's object; `status_as_of` is of when the status is, None while nobody told."""

    order_id: CrmOrderId
    account_id: AccountId
    customer_number: CustomerNumber
    contact_id: ContactId | None = None
    quote_id: QuoteId | None = None
    customer_reference: str | None = None
    currency: str
    requested_date: date | None = None
    ship_to: Address
    bill_to: Address
    service_level: ServiceLevel
    partial_policy: PartialPolicy
    lines: tuple[OrderLine, ...]
    freight: Money
    totals: Totals
    status: OrderStatus
    status_as_of: Timestamp | None = None
    status_reason: str | None = None
    cancellation_reason: str | None = None
    erp_order_id: ErpOrderId | None = None
    tracking: tuple[OrderTracking, ...]
