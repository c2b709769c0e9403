"""Returned goods, received and inspected (contracts/canonical/v1/return-receipt.json)."""

from __future__ import annotations

import msgspec

from ..identifiers import CrmOrderId, LineId, ReceiptId, RmaId, Sku, WarehouseId
from .condition import Condition
from .disposition import Disposition
from .quantity import Quantity
from .stored import Stored
from .timestamp import Timestamp


class ReturnReceiptLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Goods of one order line in one condition; a line may come more than once."""

    line_id: LineId
    sku: Sku
    quantity: Quantity
    condition: Condition
    disposition: Disposition
    lot: str | None = None
    serials: tuple[str, ...] | None = None


class ReturnReceipt(Stored, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """X12 944: the warehouse's object. `received_at` is when the inspection was done; `final`: nothing more is
    expected.
    """

    receipt_id: ReceiptId
    rma_id: RmaId
    order_id: CrmOrderId
    warehouse_id: WarehouseId
    received_at: Timestamp
    lines: tuple[ReturnReceiptLine, ...]
    final: bool
