"""Return authorizations (RMA): leave to send goods back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from ...contracts.identifiers import ErpOrderId, LineId, ReturnRequestId, RmaId, WarehouseId
from ...contracts.objects import (
    Fulfilment,
    Quantity,
    ReturnAuthorization,
    ReturnAuthorizationLine,
    ReturnStatus,
    SalesOrder,
)
from ..listing import listing
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from . import line_request, settings
from .line_request import LineRequest
from .registry import rules

AUTHORIZED = "crossdock.return.authorized.v1"
# Nothing more comes of these.
OVER = frozenset({ReturnStatus.RECEIVED, ReturnStatus.CREDITED, ReturnStatus.CANCELLED, ReturnStatus.EXPIRED})


class ReturnAuthorizationRequest(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False
):
    """What is to come back (contracts/erp, ReturnAuthorizationRequest)."""

    sales_order_id: ErpOrderId
    return_request_id: ReturnRequestId | None = None
    warehouse_id: WarehouseId | None = None
    reason: str
    expected_by: date | None = None
    lines: tuple[LineRequest, ...]


@rules.operation("createReturn")
def create_return(tx: Transaction, call: Call[ReturnAuthorizationRequest]) -> ReturnAuthorization:
    """Authorize up to what was shipped and is in no other return that stands.

    Raises: Refusal `unknown-sales-order`, `unknown-line`, `unknown-unit`, `unknown-warehouse`, `over-return`.
    """
    request = call.body
    order = tx.find(SalesOrder, request.sales_order_id)
    if order is None:
        problem = f"there is no sales order {request.sales_order_id!r}"
        raise Refusal.at("unknown-sales-order", "/salesOrderId", problem)
    pairs = line_request.matched(request.lines, {line.line_id: line for line in order.lines}, order.sales_order_id)
    taken = returning(of_order(tx, order.sales_order_id))
    for place, (asked, line) in enumerate(pairs):
        left = line.shipped_quantity - taken.get(line.line_id, Quantity.zero(line.quantity.uom))
        if asked.quantity > left:
            problem = f"{line.shipped_quantity} were shipped, of which {left} are in no other return"
            raise Refusal.at("over-return", f"/lines/{place}/quantity", f"{problem}, not {asked.quantity}")
    authorization = ReturnAuthorization(
        rma_id=RmaId(tx.ids.next("RMA")),
        sales_order_id=order.sales_order_id,
        order_id=order.external_reference,
        customer_number=order.customer_number,
        return_request_id=request.return_request_id,
        warehouse_id=_warehouse(tx, order, request),
        reason=request.reason,
        expected_by=request.expected_by,
        lines=tuple(
            ReturnAuthorizationLine(
                line_id=line.line_id,
                sku=line.sku,
                quantity=asked.quantity,
                received_quantity=Quantity.zero(line.quantity.uom),
                credited_quantity=Quantity.zero(line.quantity.uom),
            )
            for asked, line in pairs
        ),
        status=ReturnStatus.AUTHORIZED,
        receipt_ids=(),
        credit_memo_nos=(),
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(authorization.rma_id, authorization)
    tx.announce(AUTHORIZED, authorization.rma_id, authorization, order_id=order.external_reference)
    return authorization


@rules.operation("getReturn")
def get_return(tx: Transaction, call: Call[None]) -> ReturnAuthorization:
    return tx.get(ReturnAuthorization, call.params["rmaId"])


@rules.operation("listReturns")
def list_returns(tx: Transaction, call: Call[None]) -> Page:
    """All returns, those of a sales order, that of a request of the CRM, or those in one status."""
    filters = {"salesOrderId": "sales_order_id", "returnRequestId": "return_request_id", "status": "status"}
    return listing(tx, call, ReturnAuthorization, filters, indexed=("return_request_id", "sales_order_id"))


def of_order(tx: Transaction, sales_order_id: ErpOrderId) -> list[ReturnAuthorization]:
    """All returns of a sales order, oldest first."""
    return tx.where(ReturnAuthorization, "sales_order_id", sales_order_id)


def returning(authorizations: Iterable[ReturnAuthorization]) -> dict[LineId, Quantity]:
    """Per order line, what may still come back or has come back; of a return that is over, only what has come."""
    total: dict[LineId, Quantity] = {}
    for authorization in authorizations:
        for line in authorization.lines:
            over = authorization.status in OVER
            counted = line.received_quantity if over else max(line.quantity, line.received_quantity)
            before = total.get(line.line_id)
            total[line.line_id] = counted if before is None else before + counted
    return total


def _warehouse(tx: Transaction, order: SalesOrder, request: ReturnAuthorizationRequest) -> WarehouseId:
    """Where the goods go back to: as asked, or to the warehouse that shipped the first line."""
    if request.warehouse_id is not None:
        settings.expect_warehouse(tx, request.warehouse_id)
        return request.warehouse_id
    first = request.lines[0].line_id
    for fulfilment_id in order.fulfilment_ids:
        fulfilment = tx.get(Fulfilment, fulfilment_id)
        if any(line.line_id == first and line.shipped_quantity.is_positive for line in fulfilment.lines):
            return fulfilment.warehouse_id
    raise AssertionError(f"{order.sales_order_id}: line {first} was shipped, but by none of its fulfilments")
