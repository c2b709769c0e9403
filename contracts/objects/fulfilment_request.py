"""What a warehouse is asked to ship (contracts/canonical/v1/fulfilment-request.json)."""

from __future__ import annotations

from datetime import date

import msgspec

from ..identifiers import CrmOrderId, ErpOrderId, FulfilmentId, LineId, Sku, WarehouseId
from .address import Address
from .quantity import Quantity
from .service_level import ServiceLevel


class FulfilmentRequestLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """How much of a line to ship."""

    line_id: LineId
    sku: Sku
    quantity: Quantity


class FulfilmentRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """X12 940. `order_id` is the CRM's; `revision` rises by one when the ERP changes the request."""

    fulfilment_id: FulfilmentId
    revision: int
    warehouse_id: WarehouseId
    order_id: CrmOrderId
    sales_order_id: ErpOrderId
    customer_reference: str | None = None
    ship_to: Address
    service_level: ServiceLevel
    requested_ship_date: date | None = None
    lines: tuple[FulfilmentRequestLine, ...]
    instructions: str | None = None
