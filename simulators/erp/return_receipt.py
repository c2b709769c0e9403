"""Return receipts: what came back, as the layer tells it. Only what is restocked can be sold again."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from ...contracts.identifiers import LineId
from ...contracts.objects import (
    Condition,
    Disposition,
    Item,
    MovementKind,
    Quantity,
    ReturnAuthorization,
    ReturnAuthorizationLine,
    ReturnReceipt,
    ReturnReceiptConfirmation,
    ReturnReceiptLine,
    ReturnStatus,
    SalesOrder,
)
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from . import backorder, settings, stock_ledger, versions
from .magnitude import fits_quantity
from .mistakes import Mistake, mistake, refuse
from .order_progress import change, with_lines
from .registry import rules
from .return_authorization import of_order

OPEN = frozenset({ReturnStatus.AUTHORIZED, ReturnStatus.PARTIALLY_RECEIVED})


@rules.operation("receiveReturn")
def receive_return(tx: Transaction, call: Call[ReturnReceiptConfirmation]) -> ReturnReceipt:
    """Book what came, be it less or more than was authorized. A final receipt gives up what is still missing.

    Raises: Refusal `not-found`, `invalid-request`, `already-exists`, `return-state`, `unknown-warehouse`,
    `unknown-line`, `unknown-unit`.
    """
    told = call.body
    authorization = tx.get(ReturnAuthorization, call.params["rmaId"])
    call.expect_version(authorization.version)
    _check(tx, authorization, told)
    receipt = ReturnReceipt(
        receipt_id=told.receipt_id,
        rma_id=told.rma_id,
        order_id=told.order_id,
        warehouse_id=told.warehouse_id,
        received_at=told.received_at,
        lines=told.lines,
        final=told.final,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(f"{receipt.rma_id}/{receipt.receipt_id}", receipt)
    _store(tx, authorization, receipt)
    restocked = {(receipt.warehouse_id, line.sku) for line in _restock(tx, receipt)}
    _tell_order(tx, authorization, receipt)
    backorder.fill(tx, restocked)
    return receipt


@rules.operation("getReturnReceipt")
def get_return_receipt(tx: Transaction, call: Call[None]) -> ReturnReceipt:
    return tx.get(ReturnReceipt, f"{call.params['rmaId']}/{call.params['receiptId']}")


def _check(tx: Transaction, authorization: ReturnAuthorization, told: ReturnReceiptConfirmation) -> None:
    if told.rma_id != authorization.rma_id:
        problem = f"the path says {authorization.rma_id}, the body {told.rma_id}"
        raise Refusal.at("invalid-request", "/rmaId", problem)
    if told.order_id != authorization.order_id:
        problem = f"{authorization.rma_id} is of order {authorization.order_id}, not of {told.order_id}"
        raise Refusal.at("invalid-request", "/orderId", problem)
    if told.receipt_id in authorization.receipt_ids:
        detail = f"{told.receipt_id} of {authorization.rma_id} was booked before"
        raise Refusal("already-exists", detail, existing=told.receipt_id)
    if authorization.status not in OPEN:
        raise Refusal("return-state", f"{authorization.rma_id} is {authorization.status.value}: nothing is to come")
    settings.expect_warehouse(tx, told.warehouse_id)
    refuse(_mistakes(tx, authorization, told))


def _mistakes(
    tx: Transaction, authorization: ReturnAuthorization, told: ReturnReceiptConfirmation
) -> Iterator[Mistake]:
    known = {line.line_id: line for line in authorization.lines}
    for place, line in enumerate(told.lines):
        pointer = f"/lines/{place}"
        meant = known.get(line.line_id)
        if meant is None:
            problem = f"{authorization.rma_id} has no line {line.line_id!r}"
            yield mistake("unknown-line", f"{pointer}/lineId", problem)
            continue
        item = tx.find(Item, line.sku)
        if item is None or (line.sku != meant.sku and line.condition is not Condition.WRONG_ITEM):
            problem = f"line {line.line_id} is {meant.sku}, not {line.sku}; another item comes as wrongItem"
            yield mistake("unknown-line", f"{pointer}/sku", problem)
        elif line.quantity.uom != item.base_uom:
            problem = f"{item.sku} is counted in {item.base_uom}, not in {line.quantity.uom}"
            yield mistake("unknown-unit", f"{pointer}/quantity/uom", problem)


def _restock(tx: Transaction, receipt: ReturnReceipt) -> list[ReturnReceiptLine]:
    restocked = [line for line in receipt.lines if line.disposition is Disposition.RESTOCK]
    for line in restocked:
        stock_ledger.book(
            tx, receipt.warehouse_id, line.sku, MovementKind.RETURN, line.quantity, reference=receipt.receipt_id
        )
    return restocked


def _store(tx: Transaction, authorization: ReturnAuthorization, receipt: ReturnReceipt) -> None:
    expected = {line.line_id: line.sku for line in authorization.lines}
    came: dict[LineId, Quantity] = {}
    for line in receipt.lines:
        if line.sku == expected[line.line_id]:
            before = came.get(line.line_id)
            came[line.line_id] = line.quantity if before is None else before + line.quantity
    lines = tuple(_received(line, came.get(line.line_id)) for line in authorization.lines)
    over = receipt.final or all(line.received_quantity >= line.quantity for line in lines)
    stored = replace(
        authorization,
        lines=lines,
        status=ReturnStatus.RECEIVED if over else ReturnStatus.PARTIALLY_RECEIVED,
        receipt_ids=(*authorization.receipt_ids, receipt.receipt_id),
    )
    versions.put(tx, stored.rma_id, stored)


def _received(line: ReturnAuthorizationLine, came: Quantity | None) -> ReturnAuthorizationLine:
    if came is None:
        return line
    received = line.received_quantity + came
    fits_quantity(received.value, "/lines")
    return replace(line, received_quantity=received)


def _tell_order(tx: Transaction, authorization: ReturnAuthorization, receipt: ReturnReceipt) -> None:
    """What came back of each order line, over all returns: never more than was shipped, however much was in the box."""
    order = tx.get(SalesOrder, authorization.sales_order_id)
    back: dict[LineId, Quantity] = {}
    for each in of_order(tx, order.sales_order_id):
        for line in each.lines:
            before = back.get(line.line_id)
            back[line.line_id] = line.received_quantity if before is None else before + line.received_quantity
    lines = {
        line.line_id: replace(line, returned_quantity=min(back[line.line_id], line.shipped_quantity))
        for line in order.lines
        if line.line_id in back
    }
    change(tx, order, with_lines(order, lines))
