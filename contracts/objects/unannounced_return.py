"""Goods that came back without an authorization (contracts/canonical/v1/unannounced-return.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import CrmOrderId, ReceiptId, Sku, WarehouseId
from .condition import Condition
from .quantity import Quantity
from .stored import Stored
from .timestamp import Timestamp


class UnannouncedReturnLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Goods of one item in one condition."""

    sku: Sku
    quantity: Quantity
    condition: Condition


class UnannouncedReturn(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The warehouse's object; the goods are on hold. `order_id` is what the papers in the parcel say."""

    receipt_id: ReceiptId
    warehouse_id: WarehouseId
    order_id: CrmOrderId
    received_at: Timestamp
    remark: str | None = None
    lines: tuple[UnannouncedReturnLine, ...]
