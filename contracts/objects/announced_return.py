"""A return as the warehouse knows it (contracts/canonical/v1/announced-return.json)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from ..identifiers import CrmOrderId, LineId, ReceiptId, RmaId, Sku, WarehouseId
from .quantity import Quantity
from .stored import Stored


class AnnouncedReturnStatus(StrEnum):
    """How much of it has come; received also when the rest is given up."""

    ANNOUNCED = "announced"
    PARTIALLY_RECEIVED = "partiallyReceived"
    RECEIVED = "received"


class AnnouncedReturnLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """How much is expected, and how much of that item has come, in any condition."""

    line_id: LineId
    sku: Sku
    quantity: Quantity
    received_quantity: Quantity


class AnnouncedReturn(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Goods that will come back, under the ERP's RMA, and what has come of them."""

    rma_id: RmaId
    warehouse_id: WarehouseId
    order_id: CrmOrderId
    expected_by: date | None = None
    lines: tuple[AnnouncedReturnLine, ...]
    status: AnnouncedReturnStatus
    receipt_ids: tuple[ReceiptId, ...]
