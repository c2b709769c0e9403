"""Reroute: a fulfilment goes to another warehouse, and its reservation with it."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from ...contracts.identifiers import Sku, WarehouseId
from ...contracts.objects import Fulfilment, FulfilmentStatus, Quantity, SalesOrder
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from . import backorder, release, settings, stock_ledger
from . import reservation as reservations
from .fulfilment import NOT_BEGUN, store
from .order_progress import change, with_lines
from .registry import rules
from .reservation import Taking


class RerouteRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Where a fulfilment is to go (contracts/erp, RerouteRequest)."""

    warehouse_id: WarehouseId
    reason: str | None = None


@rules.operation("rerouteFulfilment")
def reroute_fulfilment(tx: Transaction, call: Call[RerouteRequest]) -> Fulfilment:
    """Move all of a fulfilment that nobody has begun to ship, under its next revision. To where it is already, it
    changes nothing, so that a caller who lost the answer may ask again.

    Raises: Refusal `not-found`, `fulfilment-state`, `unknown-warehouse`, `no-stock`.
    """
    fulfilment = tx.get(Fulfilment, call.params["fulfilmentId"])
    call.expect_version(fulfilment.version)
    target = call.body.warehouse_id
    _check(tx, fulfilment, target)
    if target == fulfilment.warehouse_id:
        return fulfilment
    takings = [(line.line_id, line.sku, line.quantity) for line in fulfilment.lines]
    _expect_stock(tx, target, takings)
    held = reservations.of_fulfilment(tx, fulfilment.sales_order_id, fulfilment.fulfilment_id)
    reserved = reservations.reserve(tx, fulfilment.sales_order_id, target, takings)
    reservations.assign(tx, reserved, fulfilment.fulfilment_id)
    freed = reservations.let_go(tx, held)
    rerouted = store(
        tx,
        replace(fulfilment, warehouse_id=target, revision=fulfilment.revision + 1, status=FulfilmentStatus.RELEASED),
    )
    release.announce(tx, rerouted)
    order = tx.get(SalesOrder, fulfilment.sales_order_id)
    moved = {line.line_id for line in fulfilment.lines}
    lines = {line.line_id: replace(line, warehouse_id=target) for line in order.lines if line.line_id in moved}
    change(tx, order, with_lines(order, lines))
    backorder.fill(tx, freed)
    return rerouted


def _check(tx: Transaction, fulfilment: Fulfilment, target: WarehouseId) -> None:
    if fulfilment.status not in NOT_BEGUN or fulfilment.shipment_ids:
        detail = f"{fulfilment.fulfilment_id} is {fulfilment.status.value}: only what is still whole can move"
        raise Refusal("fulfilment-state", detail)
    settings.expect_warehouse(tx, target)


def _expect_stock(tx: Transaction, target: WarehouseId, takings: list[Taking]) -> None:
    wanted: dict[Sku, Quantity] = {}
    for _, sku, quantity in takings:
        wanted[sku] = wanted[sku] + quantity if sku in wanted else quantity
    for sku, quantity in wanted.items():
        there = stock_ledger.available(tx, target, sku)
        if there < quantity.value:
            detail = f"{target} can promise {there:f} of {quantity} {sku}; a fulfilment moves whole"
            raise Refusal("no-stock", detail)
