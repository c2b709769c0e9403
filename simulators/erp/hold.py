"""Holds: an order over its credit limit goes no further until people let it."""

from __future__ import annotations

from msgspec.structs import replace

from ...contracts.objects import PartialPolicy, SalesOrder, SalesOrderStatus
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from . import availability, backorder, order_promise, settings
from . import reservation as reservations
from .availability import nothing_promised
from .order_progress import change
from .registry import rules
from .release import follow_promise


@rules.operation("releaseHold")
def release_hold(tx: Transaction, call: Call[None]) -> SalesOrder:
    """Let a held order go on: promise it what there is now, and release it.

    An order that takes only what is there, and for which nothing is there any more, is rejected then.

    Raises: Refusal `not-found`, `order-state` when nothing holds it.
    """
    held = tx.get(SalesOrder, call.params["salesOrderId"])
    call.expect_version(held.version)
    if held.status is not SalesOrderStatus.ON_HOLD:
        raise Refusal("order-state", f"{held.sales_order_id} is {held.status.value}: no hold is there to be released")
    customizing = settings.of(tx)
    order = replace(held, holds=())
    if reservations.of_order(tx, held.sales_order_id) or backorder.waits(tx, held.sales_order_id):
        # It had its promise when it came in (ErpSettings.reserve_on_hold).
        reserved = reservations.unreleased(tx, held.sales_order_id)
        return change(tx, held, follow_promise(tx, customizing, order, reserved))
    policy = order.partial_policy
    promises = availability.promise(tx, customizing, order.ship_to, policy, order.lines)
    if order_promise.is_refused(policy, promises):
        refused = [nothing_promised(line) for line in order.lines]
        order = order_promise.with_promises(order, refused, waits=False)
        reasons = (order_promise.NO_STOCK,)
        return change(tx, held, replace(order, status=SalesOrderStatus.REJECTED, rejection_reasons=reasons))
    waits = policy is not PartialPolicy.SHIP_AVAILABLE
    order = order_promise.with_promises(order, promises, waits=waits)
    return change(tx, held, follow_promise(tx, customizing, order, order_promise.keep(tx, order)))
