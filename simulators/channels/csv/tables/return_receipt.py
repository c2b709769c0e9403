"""return_receipt: goods that customers sent back, as they were inspected."""

from __future__ import annotations

from .....contracts.objects import ReturnReceipt, UnannouncedReturn
from ..registry import Rows, Telling, told


@told.register("crossdock.return.received.v1")
class ReturnReceived(Telling):
    """A row for the goods of one line in one condition."""

    layout = "return_receipt"
    data = ReturnReceipt

    @staticmethod
    def rows(receipt: ReturnReceipt) -> Rows:
        for line in receipt.lines:
            yield {
                "receipt_id": receipt.receipt_id,
                "rma_id": receipt.rma_id,
                "customer_order_no": receipt.order_id,
                "warehouse": receipt.warehouse_id,
                "received_at": receipt.received_at,
                "return_complete": receipt.final,
                "line_no": line.line_id,
                "sku": line.sku,
                "qty_received": line.quantity.value,
                "uom": line.quantity.uom,
                "condition": line.condition.value,
                "disposition": line.disposition.value,
                "lot": line.lot,
                "serials": tuple(line.serials) if line.serials else None,
            }


@told.register("crossdock.return.unannounced.v1")
class ReturnUnannounced(Telling):
    """The same of goods that nobody said would come: without return, line and disposition."""

    layout = "return_receipt"
    data = UnannouncedReturn

    @staticmethod
    def rows(receipt: UnannouncedReturn) -> Rows:
        for line in receipt.lines:
            yield {
                "receipt_id": receipt.receipt_id,
                "customer_order_no": receipt.order_id,
                "warehouse": receipt.warehouse_id,
                "received_at": receipt.received_at,
                "return_complete": True,
                "sku": line.sku,
                "qty_received": line.quantity.value,
                "uom": line.quantity.uom,
                "condition": line.condition.value,
                "remark": receipt.remark,
            }
