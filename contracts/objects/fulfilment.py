"""A fulfilment request and what became of it (contracts/canonical/v1/fulfilment.json)."""

from __future__ import annotations

from datetime import date

import msgspec

from ..identifiers import CrmOrderId, ErpOrderId, FulfilmentId, LineId, ShipmentId, Sku, WarehouseId
from .address import Address
from .fulfilment_status import FulfilmentStatus
from .quantity import Quantity
from .service_level import ServiceLevel
from .stored import Stored


class FulfilmentLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`quantity` is what was asked for; shipped in all shipments so far; cancelled is not shipped by this
    one.
    """

    line_id: LineId
    sku: Sku
    quantity: Quantity
    shipped_quantity: Quantity
    cancelled_quantity: Quantity


class Fulfilment(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """As the party sees it that is asked: the ERP or the warehouse."""

    fulfilment_id: FulfilmentId
    revision: int
    warehouse_id: WarehouseId
    order_id: CrmOrderId
    sales_order_id: ErpOrderId
    customer_reference: str | None = None
    ship_to: Address
    service_level: ServiceLevel
    requested_ship_date: date | None = None
    lines: tuple[FulfilmentLine, ...]
    instructions: str | None = None
    status: FulfilmentStatus
    shipment_ids: tuple[ShipmentId, ...]
