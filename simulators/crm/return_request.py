"""A customer wants to send something back (contracts/crm/v1, return requests)."""

from __future__ import annotations

import msgspec

from ...contracts.identifiers import CrmOrderId, ReturnRequestId, RmaId
from ...contracts.objects import Order, OrderStatus, ReturnRequest, ReturnRequestLine, ReturnRequestStatus
from ..line_ids import refuse, repeated
from ..listing import listing
from ..refusal import FieldError, Refusal
from ..rules import Call
from ..transaction import Page, Transaction
from .registry import rules

REQUESTED = "crossdock.return.requested.v1"

# The CRM knows that something was shipped.
RETURNABLE = frozenset(
    {
        OrderStatus.PARTIALLY_SHIPPED,
        OrderStatus.SHIPPED,
        OrderStatus.DELIVERED,
        OrderStatus.DELIVERY_FAILED,
        OrderStatus.RETURNED,
    }
)


class ReturnWish(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What the customer wants to send back, and why."""

    order_id: CrmOrderId
    reason: str
    lines: tuple[ReturnRequestLine, ...]


class ReturnRequestStatusUpdate(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False
):
    """Where the return stands. `rma_id` None: as told before."""

    status: ReturnRequestStatus
    rma_id: RmaId | None = None


@rules.operation("createReturnRequest")
def create_return_request(tx: Transaction, call: Call[ReturnWish]) -> ReturnRequest:
    """Whether so much was shipped is the ERP's business.

    Raises: Refusal `unknown-order`, `order-state`; `unknown-line` also for a line of another SKU; `invalid-request`
    for a line that stands twice or in another unit.
    """
    body = call.body
    order = tx.find(Order, body.order_id)
    if order is None:
        raise Refusal.at("unknown-order", "/orderId", f"there is no order {body.order_id!r}")
    _check_lines(order, body.lines)
    if order.status not in RETURNABLE:
        raise Refusal("order-state", f"the order {order.order_id} is {order.status}: nothing of it can come back yet")
    request = ReturnRequest(
        return_request_id=ReturnRequestId(tx.ids.next("RR")),
        order_id=order.order_id,
        account_id=order.account_id,
        reason=body.reason,
        lines=body.lines,
        status=ReturnRequestStatus.REQUESTED,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(request.return_request_id, request)
    tx.announce(REQUESTED, request.return_request_id, request, order_id=order.order_id)
    return request


@rules.operation("getReturnRequest")
def get_return_request(tx: Transaction, call: Call[None]) -> ReturnRequest:
    return tx.get(ReturnRequest, call.params["returnRequestId"])


@rules.operation("listReturnRequests")
def list_return_requests(tx: Transaction, call: Call[None]) -> Page:
    return listing(tx, call, ReturnRequest, {"orderId": "order_id", "status": "status"}, indexed=("order_id",))


@rules.operation("updateReturnRequestStatus")
def update_return_request_status(tx: Transaction, call: Call[ReturnRequestStatusUpdate]) -> ReturnRequest:
    """The last writer wins. Told what it knows already, the CRM changes nothing, not even the version."""
    request = tx.get(ReturnRequest, call.params["returnRequestId"])
    call.expect_version(request.version)
    after = msgspec.structs.replace(request, status=call.body.status, rma_id=call.body.rma_id or request.rma_id)
    if after == request:
        return request
    after = msgspec.structs.replace(after, version=request.version + 1, updated_at=tx.now)
    tx.put(after.return_request_id, after)
    return after


def _check_lines(order: Order, lines: tuple[ReturnRequestLine, ...]) -> None:
    ordered = {line.line_id: line for line in order.lines}
    unknown: list[FieldError] = []
    wrong = repeated([line.line_id for line in lines])
    for place, line in enumerate(lines):
        known = ordered.get(line.line_id)
        if known is None:
            problem = f"the order {order.order_id} has no line {line.line_id!r}"
            unknown.append(FieldError(problem, pointer=f"/lines/{place}/lineId"))
        elif known.sku != line.sku:
            problem = f"line {line.line_id} of the order is {known.sku}, not {line.sku}"
            unknown.append(FieldError(problem, pointer=f"/lines/{place}/sku"))
        elif known.quantity.uom != line.quantity.uom:
            problem = f"line {line.line_id} is in {known.quantity.uom}, not in {line.quantity.uom}"
            wrong.append(FieldError(problem, pointer=f"/lines/{place}/quantity/uom"))
    refuse("unknown-line", unknown)
    refuse("invalid-request", wrong)
