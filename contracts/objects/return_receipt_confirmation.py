"""A return receipt as the layer confirms it to the ERP
(contracts/canonical/v1/return-receipt-confirmation.json).
"""

from __future__ import annotations

import msgspec

from ..identifiers import CrmOrderId, ReceiptId, RmaId, WarehouseId
from .return_receipt import ReturnReceiptLine
from .timestamp import Timestamp


class ReturnReceiptConfirmation(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False
):
    """The facts of a `ReturnReceipt`, without the warehouse's own version and times."""

    receipt_id: ReceiptId
    rma_id: RmaId
    order_id: CrmOrderId
    warehouse_id: WarehouseId
    received_at: Timestamp
    lines: tuple[ReturnReceiptLine, ...]
    final: bool
