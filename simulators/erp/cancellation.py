"""Cancellation: at once while nothing is released; after that it is the warehouse that decides."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from ...contracts.identifiers import FulfilmentId
from ...contracts.objects import (
    Fulfilment,
    FulfilmentLine,
    FulfilmentStatus,
    SalesOrder,
    SalesOrderLine,
    SalesOrderStatus,
)
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from . import backorder
from . import reservation as reservations
from .fulfilment import NOT_BEGUN, store
from .order_progress import change, with_lines
from .registry import rules

CANCEL_REQUESTED = "crossdock.fulfilment.cancel-requested.v1"
CANCELLABLE = frozenset(
    {SalesOrderStatus.ACCEPTED, SalesOrderStatus.ON_HOLD, SalesOrderStatus.BACKORDERED, SalesOrderStatus.RELEASED}
)
UNDER_WAY = frozenset({SalesOrderStatus.CANCEL_PENDING, SalesOrderStatus.CANCELLED})


class CancellationRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Why the sales order is cancelled (contracts/erp, CancellationRequest)."""

    reason: str | None = None


class Outcome(StrEnum):
    """What the warehouse said."""

    CANCELLED = "cancelled"
    REFUSED = "refused"


class CancellationReport(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What the warehouse said to a cancellation (contracts/erp, CancellationReport)."""

    outcome: Outcome
    reason: str | None = None


class AskedToStop(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """That a warehouse is asked to let a fulfilment go, under the fulfilment's id; `status_before` is where a refusal
    leads back to.
    """

    fulfilment_id: FulfilmentId
    status_before: FulfilmentStatus
    asked_at: datetime
    reason: str | None = None
    refused: bool = False


def is_unwanted(tx: Transaction, fulfilment_id: FulfilmentId) -> bool:
    """Whether the customer has cancelled it and the warehouse has not refused."""
    asked = tx.find(AskedToStop, fulfilment_id)
    return asked is not None and not asked.refused


@rules.operation("cancelSalesOrder")
def cancel_sales_order(tx: Transaction, call: Call[CancellationRequest | None]) -> SalesOrder:
    """Cancel what is not released, and have the warehouses asked for the rest. Again, it changes nothing.

    Raises: Refusal `not-found`, `not-cancellable`.
    """
    before = tx.get(SalesOrder, call.params["salesOrderId"])
    call.expect_version(before.version)
    if before.status in UNDER_WAY:
        return before
    if before.status not in CANCELLABLE:
        raise Refusal("not-cancellable", f"{before.sales_order_id} is {before.status.value}")
    freed = set()
    for reservation in reservations.unreleased(tx, before.sales_order_id):
        freed |= reservations.let_go(tx, reservation)
    backorder.give_up(tx, before.sales_order_id)
    lines = {line.line_id: _only_released(line) for line in before.lines}
    reason = call.body.reason if isinstance(call.body, CancellationRequest) else None
    for fulfilment_id in before.fulfilment_ids:
        _ask_to_stop(tx, tx.get(Fulfilment, fulfilment_id), reason)
    after = change(tx, before, replace(with_lines(before, lines), holds=()))
    backorder.fill(tx, freed)
    return after


@rules.operation("reportCancellation")
def report_cancellation(tx: Transaction, call: Call[CancellationReport]) -> Fulfilment:
    """Take up what the warehouse said. The same again changes nothing, and neither does a refusal of what shipped.

    Raises: Refusal `not-found`, `fulfilment-state`.
    """
    fulfilment = tx.get(Fulfilment, call.params["fulfilmentId"])
    call.expect_version(fulfilment.version)
    cancelled = call.body.outcome is Outcome.CANCELLED
    if fulfilment.status is not FulfilmentStatus.CANCEL_REQUESTED:
        if cancelled is (fulfilment.status is FulfilmentStatus.CANCELLED):
            return fulfilment
        detail = (
            f"{fulfilment.fulfilment_id} is {fulfilment.status.value}: {call.body.outcome.value} cannot be said of it"
        )
        raise Refusal("fulfilment-state", detail)
    order = tx.get(SalesOrder, fulfilment.sales_order_id)
    if not cancelled:
        asked = tx.get(AskedToStop, fulfilment.fulfilment_id)
        tx.put(asked.fulfilment_id, replace(asked, refused=True))
        back = store(tx, replace(fulfilment, status=asked.status_before))
        change(tx, order, order)
        return back
    freed = reservations.let_go(tx, reservations.of_fulfilment(tx, fulfilment.sales_order_id, fulfilment.fulfilment_id))
    stopped = tuple(replace(line, cancelled_quantity=line.quantity) for line in fulfilment.lines)
    done = store(tx, replace(fulfilment, status=FulfilmentStatus.CANCELLED, lines=stopped))
    ordered = {line.line_id: line for line in order.lines}
    change(tx, order, with_lines(order, {each.line_id: _without(ordered[each.line_id], each) for each in stopped}))
    backorder.fill(tx, freed)
    return done


def _only_released(line: SalesOrderLine) -> SalesOrderLine:
    """A line of which everything is cancelled that no warehouse has."""
    zero = line.backordered_quantity - line.backordered_quantity
    cancelled = line.quantity - line.released_quantity
    return replace(
        line, confirmed_quantity=line.released_quantity, backordered_quantity=zero, cancelled_quantity=cancelled
    )


def _ask_to_stop(tx: Transaction, fulfilment: Fulfilment, reason: str | None) -> None:
    if fulfilment.status not in NOT_BEGUN:
        return
    asked = AskedToStop(
        fulfilment_id=fulfilment.fulfilment_id, status_before=fulfilment.status, asked_at=tx.now, reason=reason
    )
    tx.put(fulfilment.fulfilment_id, asked)
    fulfilment = store(tx, replace(fulfilment, status=FulfilmentStatus.CANCEL_REQUESTED))
    tx.announce(CANCEL_REQUESTED, fulfilment.fulfilment_id, fulfilment, order_id=fulfilment.order_id)


def _without(line: SalesOrderLine, stopped: FulfilmentLine) -> SalesOrderLine:
    """A line of an order, after a fulfilment of which nothing was shipped is gone."""
    return replace(
        line,
        confirmed_quantity=line.confirmed_quantity - stopped.quantity,
        released_quantity=line.released_quantity - stopped.quantity,
        cancelled_quantity=line.cancelled_quantity + stopped.quantity,
    )
