"""Credit memos: money back for what was accepted back, at what was invoiced for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from ...contracts.identifiers import CreditMemoNo, LineId, ReceiptId, RmaId
from ...contracts.objects import (
    BilledLine,
    Condition,
    CreditMemo,
    CreditMemoStatus,
    Money,
    Quantity,
    ReturnAuthorization,
    ReturnAuthorizationLine,
    ReturnReceipt,
    ReturnStatus,
    SalesOrder,
    SalesOrderLine,
    Totals,
)
from ..listing import listing
from ..refusal import FieldError, Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from . import credit, line_request, versions
from .line_request import LineRequest
from .order_amount import net_between, tax_between
from .registry import rules
from .return_authorization import of_order

POSTED = "crossdock.credit-memo.posted.v1"
NOTHING_CAME = frozenset({ReturnStatus.AUTHORIZED, ReturnStatus.CANCELLED, ReturnStatus.EXPIRED})
# What the customer broke or never had is received, but not paid for.
ACCEPTED = frozenset({Condition.GOOD, Condition.DEFECTIVE})
Pair = tuple[LineRequest, ReturnAuthorizationLine]


class CreditMemoRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What is to be credited (contracts/erp, CreditMemoRequest)."""

    rma_id: RmaId
    receipt_ids: tuple[ReceiptId, ...]
    reason: str | None = None
    lines: tuple[LineRequest, ...]


@rules.operation("createCreditMemo")
def create_credit_memo(tx: Transaction, call: Call[CreditMemoRequest]) -> CreditMemo:
    """Credit up to what was authorized, accepted and invoiced, whichever is least.

    Raises: Refusal `unknown-return`, `return-state`, `unknown-line`, `unknown-unit`, `over-credit`.
    """
    request = call.body
    authorization = tx.find(ReturnAuthorization, request.rma_id)
    if authorization is None:
        raise Refusal.at("unknown-return", "/rmaId", f"there is no return {request.rma_id!r}")
    _expect_receipts(authorization, request.receipt_ids)
    if authorization.status in NOTHING_CAME:
        raise Refusal("return-state", f"{authorization.rma_id} is {authorization.status.value}: nothing came back")
    pairs = line_request.matched(
        request.lines, {line.line_id: line for line in authorization.lines}, authorization.rma_id
    )
    order = tx.get(SalesOrder, authorization.sales_order_id)
    ordered = {line.line_id: line for line in order.lines}
    credited = _credited(of_order(tx, order.sales_order_id))
    _expect_not_over(tx, authorization, request, pairs, ordered, credited)
    memo = _memo(tx, authorization, request, [_credit(asked, ordered, credited) for asked, _ in pairs])
    tx.put(memo.credit_memo_no, memo)
    tx.announce(POSTED, memo.credit_memo_no, memo, order_id=memo.order_id)
    _settle(tx, authorization, memo, pairs)
    zero = Money.zero(memo.currency)
    credit.owe(tx, memo.customer_number, instead_of=memo.totals.gross, now=zero)
    return memo


@rules.operation("getCreditMemo")
def get_credit_memo(tx: Transaction, call: Call[None]) -> CreditMemo:
    return tx.get(CreditMemo, call.params["creditMemoNo"])


@rules.operation("listCreditMemos")
def list_credit_memos(tx: Transaction, call: Call[None]) -> Page:
    """All credit memos, those of a sales order, or those of a return."""
    filters = {"salesOrderId": "sales_order_id", "rmaId": "rma_id"}
    return listing(tx, call, CreditMemo, filters, indexed=("rma_id", "sales_order_id"))


def _expect_receipts(authorization: ReturnAuthorization, receipt_ids: Sequence[ReceiptId]) -> None:
    errors = [
        FieldError(f"{authorization.rma_id} has no receipt {each!r}", pointer=f"/receiptIds/{place}")
        for place, each in enumerate(receipt_ids)
        if each not in authorization.receipt_ids
    ]
    if errors:
        raise Refusal("unknown-return", errors[0].detail, *errors)


def _expect_not_over(
    tx: Transaction,
    authorization: ReturnAuthorization,
    request: CreditMemoRequest,
    pairs: Sequence[Pair],
    ordered: dict[LineId, SalesOrderLine],
    credited: dict[LineId, Decimal],
) -> None:
    # A receipt that an earlier memo names is used up as far as that memo went, so it counts with those named now.
    earlier = {each for number in authorization.credit_memo_nos for each in tx.get(CreditMemo, number).receipt_ids}
    accepted = _accepted(tx, authorization, earlier | set(request.receipt_ids))
    for place, (asked, line) in enumerate(pairs):
        returned = min(accepted.get(line.line_id, Decimal(0)), line.quantity.value)
        invoiced = ordered[line.line_id].invoiced_quantity.value
        most = min(returned - line.credited_quantity.value, invoiced - credited[line.line_id])
        if asked.quantity.value > most:
            facts = f"{returned:f} accepted back, {invoiced:f} invoiced, {line.credited_quantity} credited"
            problem = f"{facts}: {max(most, Decimal(0)):f} may be credited, not {asked.quantity}"
            raise Refusal.at("over-credit", f"/lines/{place}/quantity", problem)


def _accepted(
    tx: Transaction, authorization: ReturnAuthorization, receipt_ids: Iterable[ReceiptId]
) -> dict[LineId, Decimal]:
    """Per line, what came in these receipts and is to be paid back."""
    skus = {line.line_id: line.sku for line in authorization.lines}
    total: dict[LineId, Decimal] = {}
    for receipt_id in receipt_ids:
        for line in tx.get(ReturnReceipt, f"{authorization.rma_id}/{receipt_id}").lines:
            if line.condition in ACCEPTED and line.sku == skus[line.line_id]:
                total[line.line_id] = total.get(line.line_id, Decimal(0)) + line.quantity.value
    return total


def _credited(authorizations: Iterable[ReturnAuthorization]) -> dict[LineId, Decimal]:
    """Per order line, what was credited so far, over all returns of the order."""
    total: dict[LineId, Decimal] = {}
    for authorization in authorizations:
        for line in authorization.lines:
            total[line.line_id] = total.get(line.line_id, Decimal(0)) + line.credited_quantity.value
    return total


def _credit(asked: LineRequest, ordered: dict[LineId, SalesOrderLine], credited: dict[LineId, Decimal]) -> BilledLine:
    line = ordered[asked.line_id]
    start = Quantity(credited[asked.line_id], line.quantity.uom)
    end = start + asked.quantity
    return BilledLine(
        line_id=line.line_id,
        sku=line.sku,
        quantity=asked.quantity,
        unit_price=line.unit_price,
        tax_rate=line.tax_rate,
        net_amount=net_between(line, start, end),
        tax_amount=tax_between(line, start, end),
    )


def _memo(
    tx: Transaction, authorization: ReturnAuthorization, request: CreditMemoRequest, lines: Sequence[BilledLine]
) -> CreditMemo:
    currency = lines[0].net_amount.currency
    net = Money.total((line.net_amount for line in lines), currency)
    tax = Money.total((line.tax_amount for line in lines), currency)
    return CreditMemo(
        credit_memo_no=CreditMemoNo(tx.ids.next("CM")),
        rma_id=authorization.rma_id,
        sales_order_id=authorization.sales_order_id,
        order_id=authorization.order_id,
        customer_number=authorization.customer_number,
        receipt_ids=request.receipt_ids,
        currency=currency,
        issue_date=tx.now.date(),
        reason=request.reason,
        lines=tuple(lines),
        totals=Totals(net=net, freight=Money.zero(currency), tax=tax, gross=net + tax),
        status=CreditMemoStatus.POSTED,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )


def _settle(tx: Transaction, authorization: ReturnAuthorization, memo: CreditMemo, pairs: Sequence[Pair]) -> None:
    """Note on the return what was credited; it is over once all has come and all that is to be paid back is."""
    asked = {line.line_id: line.quantity for line, _ in pairs}
    lines = tuple(
        replace(line, credited_quantity=line.credited_quantity + asked[line.line_id]) if line.line_id in asked else line
        for line in authorization.lines
    )
    accepted = _accepted(tx, authorization, authorization.receipt_ids)
    done = authorization.status is ReturnStatus.RECEIVED and all(
        line.credited_quantity.value >= min(accepted.get(line.line_id, Decimal(0)), line.quantity.value)
        for line in lines
    )
    settled = replace(
        authorization,
        lines=lines,
        status=ReturnStatus.CREDITED if done else authorization.status,
        credit_memo_nos=(*authorization.credit_memo_nos, memo.credit_memo_no),
    )
    versions.put(tx, settled.rma_id, settled)
