"""A customer wants an order cancelled (contracts/crm/v1, requestCancellation).

The CRM takes the wish and passes it on; what comes of it is told later, as the order's status.
"""

from __future__ import annotations

import msgspec

from ...contracts.identifiers import CrmOrderId
from ...contracts.objects import Order, OrderStatus, Timestamp
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from .registry import rules

CANCEL_REQUESTED = "crossdock.order.cancel-requested.v1"

# The CRM knows of nothing shipped and of no end.
CANCELLABLE = frozenset(
    {
        OrderStatus.SUBMITTED,
        OrderStatus.ACCEPTED,
        OrderStatus.ON_HOLD,
        OrderStatus.RELEASED,
        OrderStatus.BACKORDERED,
    }
)


class CancellationRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Why, in the customer's words."""

    reason: str | None = None


class CancellationWish(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What the CRM keeps of the wish, the latest one for an order; the order itself does not change by it."""

    order_id: CrmOrderId
    requested_at: Timestamp
    reason: str | None = None


@rules.operation("requestCancellation")
def request_cancellation(tx: Transaction, call: Call[CancellationRequest | None]) -> Order:
    """Raises: Refusal `not-cancellable`."""
    order = tx.get(Order, call.params["orderId"])
    call.expect_version(order.version)
    if order.status not in CANCELLABLE:
        raise Refusal("not-cancellable", f"the order {order.order_id} is {order.status}: it can no longer be cancelled")
    reason = call.body.reason if call.body else None
    tx.put(order.order_id, CancellationWish(order_id=order.order_id, requested_at=tx.now, reason=reason))
    wish = msgspec.structs.replace(order, cancellation_reason=reason)
    tx.announce(CANCEL_REQUESTED, order.order_id, wish, order_id=order.order_id)
    return order
