"""Goods that came back (contracts/warehouse/v1, receipts of returns), as people received and inspected them.

What comes may be more, less or something else than was announced. `restock` makes it available, `quarantine` puts it on
hold, `scrap` among the damaged, until people write it off.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from ...contracts.identifiers import LineId, ReceiptId, Sku
from ...contracts.objects import (
    AnnouncedReturn,
    AnnouncedReturnLine,
    AnnouncedReturnStatus,
    Disposition,
    PhysicalStock,
    Quantity,
    ReturnReceipt,
    ReturnReceiptLine,
)
from ..line_ids import refuse
from ..refusal import FieldError, Refusal
from ..rules import Call
from ..transaction import Transaction
from . import lot, stock
from .registry import rules
from .stock import StockedItem, refuse_foreign_lines

RECEIVED = "crossdock.return.received.v1"
MOST_RECEIPTS = 1000  # contracts/canonical/v1/announced-return.json


class ReturnInspection(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What came back, as inspected; a line may stand more than once, per condition. `final`: nothing more is
    expected.
    """

    lines: tuple[ReturnReceiptLine, ...]
    final: bool = False


@rules.operation("getReturnReceipt")
def get_return_receipt(tx: Transaction, call: Call[None]) -> ReturnReceipt:
    receipt = tx.get(ReturnReceipt, call.params["receiptId"])
    if receipt.rma_id != call.params["rmaId"]:
        raise Refusal(
            "not-found", f"the receipt {receipt.receipt_id} is not one of the return {call.params['rmaId']!r}"
        )
    return receipt


@rules.operation("receiveReturn")
def receive_return(tx: Transaction, call: Call[ReturnInspection]) -> ReturnReceipt:
    """Another item than the line's is booked as what it is, and the line goes on waiting for its own.

    Raises: Refusal `return-state` once all has come; `unknown-line`, `item-not-stocked`, `unknown-unit`;
    `invalid-request` past what can be counted.
    """
    announced = tx.get(AnnouncedReturn, call.params["rmaId"])
    call.expect_version(announced.version)
    lines = call.body.lines
    _refuse_unexpected(announced, lines)
    refuse_foreign_lines(tx, lines)
    counted = _count(tx, announced, lines)
    complete = all(line.received_quantity >= line.quantity for line in counted)
    receipt = ReturnReceipt(
        receipt_id=ReceiptId(tx.ids.next("RCP")),
        rma_id=announced.rma_id,
        order_id=announced.order_id,
        warehouse_id=announced.warehouse_id,
        received_at=tx.now,
        lines=lines,
        final=call.body.final or complete,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(receipt.receipt_id, receipt)
    _note(tx, announced, counted, receipt)
    tx.announce(RECEIVED, receipt.receipt_id, receipt, order_id=receipt.order_id)
    touched = {line.sku: _put_away(tx, line, place) for place, line in enumerate(lines)}
    for shelf in touched.values():
        stock.tell(tx, shelf)
    return receipt


def _refuse_unexpected(announced: AnnouncedReturn, lines: tuple[ReturnReceiptLine, ...]) -> None:
    if announced.status is AnnouncedReturnStatus.RECEIVED or len(announced.receipt_ids) == MOST_RECEIPTS:
        raise Refusal("return-state", f"the return {announced.rma_id} is {announced.status}: nothing more is expected")
    known = {line.line_id for line in announced.lines}
    refuse(
        "unknown-line",
        (
            FieldError(f"{announced.rma_id} has no line {line.line_id!r}", pointer=f"/lines/{place}/lineId")
            for place, line in enumerate(lines)
            if line.line_id not in known
        ),
    )


def _count(
    tx: Transaction, announced: AnnouncedReturn, received: tuple[ReturnReceiptLine, ...]
) -> tuple[AnnouncedReturnLine, ...]:
    """The announced lines with what has now come of them."""
    came: dict[tuple[LineId, Sku], Decimal] = {}
    units = {line.line_id: line.quantity.uom for line in announced.lines}
    for line in received:
        item, shelf = tx.get(StockedItem, line.sku), tx.get(PhysicalStock, line.sku)
        expected = stock.units_in(item, shelf, units[line.line_id])
        if expected is None:  # another item, which does not come in the line's unit
            continue
        per = stock.units_in(item, shelf, line.quantity.uom) or Decimal(1)
        value = (
            line.quantity.value
            if per == expected
            else (line.quantity.value * per / expected).quantize(Decimal("0.001"))
        )
        came[line.line_id, line.sku] = came.get((line.line_id, line.sku), Decimal(0)) + value
    return tuple(_counted(line, came.get((line.line_id, line.sku), Decimal(0))) for line in announced.lines)


def _note(
    tx: Transaction, announced: AnnouncedReturn, lines: tuple[AnnouncedReturnLine, ...], receipt: ReturnReceipt
) -> None:
    after = msgspec.structs.replace(
        announced,
        lines=lines,
        status=AnnouncedReturnStatus.RECEIVED if receipt.final else AnnouncedReturnStatus.PARTIALLY_RECEIVED,
        receipt_ids=(*announced.receipt_ids, receipt.receipt_id),
        version=announced.version + 1,
        updated_at=tx.now,
    )
    tx.put(after.rma_id, after)


def _counted(line: AnnouncedReturnLine, came: Decimal) -> AnnouncedReturnLine:
    total = min(line.received_quantity.value + came, stock.MOST)
    return msgspec.structs.replace(line, received_quantity=Quantity(total, line.quantity.uom))


def _put_away(tx: Transaction, line: ReturnReceiptLine, place: int) -> PhysicalStock:
    shelf, item = tx.get(PhysicalStock, line.sku), tx.get(StockedItem, line.sku)
    value = line.quantity.value * (stock.units_in(item, shelf, line.quantity.uom) or Decimal(1))
    stock.refuse_uncountable(shelf, value, f"/lines/{place}/quantity/value")
    if line.disposition is Disposition.RESTOCK:
        if item.lot_tracked:
            lot.put_away(tx, line.sku, value, line.lot)
        return stock.move(tx, shelf, available=value)
    if line.disposition is Disposition.QUARANTINE:
        return stock.move(tx, shelf, on_hold=value)
    return stock.move(tx, shelf, damaged=value)
