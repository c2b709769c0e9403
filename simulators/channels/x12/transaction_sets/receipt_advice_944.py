"""944, warehouse stock transfer receipt advice, with reporting code C: goods that customers sent back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .....contracts.edi.writer import SegmentValues
from .....contracts.objects import ReturnReceipt, ReturnReceiptLine, UnannouncedReturn, UnannouncedReturnLine
from ....transaction import State
from ..agreement import UNIVERSAL_TIME, clock, day
from ..codes import CONDITION
from ..sets import Telling, told
from ..units import code_of

LONGEST_NOTE = 80  # element 352
LONGEST_RECEIPT_NUMBER = 12  # element 394; the whole id stands in N9*WR
FINAL, MORE_TO_COME = "FINAL", "PARTIAL"


@told.register("crossdock.return.received.v1")
class ReceiptAdvice(Telling):
    """Each line a W07; a W13 of its whole quantity says how it looks, N9*ZZ what becomes of it."""

    set_id = "944"
    data = ReturnReceipt

    @staticmethod
    def segments(receipt: ReturnReceipt, state: State) -> list[SegmentValues]:
        warehouse, received = str(receipt.warehouse_id), receipt.received_at
        total = sum((line.quantity.value for line in receipt.lines), Decimal(0))
        return [
            ["W17", "C", day(received), receipt.receipt_id[-LONGEST_RECEIPT_NUMBER:], receipt.rma_id],
            ["N1", "WH", warehouse.upper(), "92", warehouse],
            ["N9", "WR", receipt.receipt_id],
            ["N9", "QJ", receipt.rma_id],
            ["N9", "CO", receipt.order_id],
            ["N9", "ZZ", FINAL if receipt.final else MORE_TO_COME],
            ["G62", "BS", day(received), "9", clock(received), UNIVERSAL_TIME],
            *(segment for line in receipt.lines for segment in _line(line)),
            ["W14", f"{total:f}"],
        ]


@told.register("crossdock.return.unannounced.v1")
class UnannouncedReceiptAdvice(Telling):
    """A 944 without a number of a return: the papers in the parcel name an order, and nobody said it would come."""

    set_id = "944"
    data = UnannouncedReturn

    @staticmethod
    def segments(receipt: UnannouncedReturn, state: State) -> list[SegmentValues]:
        warehouse, received = str(receipt.warehouse_id), receipt.received_at
        total = sum((line.quantity.value for line in receipt.lines), Decimal(0))
        return [
            ["W17", "C", day(received), receipt.receipt_id[-LONGEST_RECEIPT_NUMBER:]],
            ["N1", "WH", warehouse.upper(), "92", warehouse],
            ["N9", "WR", receipt.receipt_id],
            ["N9", "CO", receipt.order_id],
            ["G62", "BS", day(received), "9", clock(received), UNIVERSAL_TIME],
            *([["NTE", "GEN", receipt.remark[:LONGEST_NOTE]]] if receipt.remark else []),
            *(segment for line in receipt.lines for segment in _unexpected(line)),
            ["W14", f"{total:f}"],
        ]


def _unexpected(line: UnannouncedReturnLine) -> Iterator[SegmentValues]:
    quantity, uom = f"{line.quantity.value:f}", code_of(line.quantity.uom)
    yield ["W07", quantity, uom, "", "VN", line.sku]
    yield ["W13", quantity, uom, CONDITION[line.condition]]


def _line(line: ReturnReceiptLine) -> Iterator[SegmentValues]:
    quantity, uom = f"{line.quantity.value:f}", code_of(line.quantity.uom)
    yield ["W07", quantity, uom, "", "VN", line.sku, "", "", line.lot or ""]
    yield ["N9", "LI", line.line_id]
    yield ["N9", "ZZ", line.disposition.value]
    for serial in line.serials or ():
        yield ["N9", "SE", serial]
    yield ["W13", quantity, uom, CONDITION[line.condition]]
