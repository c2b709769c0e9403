"""What the ERP answers to an order (contracts/canonical/v1/order-acknowledgement.json)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from ..identifiers import CrmOrderId, ErpOrderId, LineId, Sku, WarehouseId
from .quantity import Quantity
from .reason import Reason
from .timestamp import Timestamp


class AcknowledgementStatus(StrEnum):
    """What the ERP makes of an order."""

    ACCEPTED = "accepted"
    ON_HOLD = "onHold"
    REJECTED = "rejected"


class AcknowledgementLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """confirmed + backordered + cancelled = ordered (`quantity`)."""

    line_id: LineId
    sku: Sku
    quantity: Quantity
    confirmed_quantity: Quantity
    backordered_quantity: Quantity
    cancelled_quantity: Quantity
    warehouse_id: WarehouseId | None = None
    reasons: tuple[Reason, ...]


class OrderAcknowledgement(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """X12 855, UBL OrderResponse: one line for each line of the order."""

    order_id: CrmOrderId
    sales_order_id: ErpOrderId
    status: AcknowledgementStatus
    acknowledged_at: Timestamp
    reasons: tuple[Reason, ...]
    lines: tuple[AcknowledgementLine, ...]
