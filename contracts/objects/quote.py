"""An offer to a customer, in the CRM (contracts/canonical/v1/quote.json)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from ..identifiers import AccountId, CrmOrderId, CustomerNumber, LineId, QuoteId, Sku
from .address import Address
from .money import Money
from .quantity import Quantity
from .service_level import ServiceLevel
from .stored import Stored
from .totals import Totals


class QuoteStatus(StrEnum):
    """draft → presented → accepted | rejected | expired; presented → draft; accepted → ordered."""

    DRAFT = "draft"
    PRESENTED = "presented"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EXPIRED = "expired"
    ORDERED = "ordered"


class QuoteLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`unit_price` is net, for one unit of the quantity."""

    line_id: LineId
    sku: Sku
    description: str | None = None
    quantity: Quantity
    unit_price: Money


class Quote(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """An offer to a customer; `order_id` once it became an order."""

    quote_id: QuoteId
    account_id: AccountId
    customer_number: CustomerNumber
    currency: str
    valid_until: date
    ship_to: Address
    service_level: ServiceLevel
    lines: tuple[QuoteLine, ...]
    freight: Money
    totals: Totals
    status: QuoteStatus
    order_id: CrmOrderId | None = None
