"""People counted, and the shelf says otherwise (contracts/warehouse/v1, adjustInventory)."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from ...contracts.identifiers import AdjustmentId, Sku
from ...contracts.objects import AdjustmentReason, InventoryAdjustment, PhysicalStock, Quantity, StockPart
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from . import lot
from .registry import rules
from .stock import StockedItem, move, not_stocked, other_unit, refuse_uncountable, tell, units_in

ADJUSTED = "crossdock.inventory.adjusted.v1"


class InventoryCorrection(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A correction of the count: `quantity` is the change, below zero when there is less."""

    sku: Sku
    part: StockPart
    quantity: Quantity
    reason: AdjustmentReason
    remark: str | None = None


@rules.operation("adjustInventory")
def adjust_inventory(tx: Transaction, call: Call[InventoryCorrection]) -> PhysicalStock:
    """Raises: Refusal `item-not-stocked`, `unknown-unit`; `no-stock` when a part would fall below zero;
    `invalid-request` for a change of nothing, or past what can be counted."""
    body = call.body
    stock, item = tx.find(PhysicalStock, body.sku), tx.find(StockedItem, body.sku)
    if stock is None or item is None:
        raise Refusal.at("item-not-stocked", "/sku", not_stocked(tx, body.sku))
    per = units_in(item, stock, body.quantity.uom)
    if per is None:
        raise Refusal.at("unknown-unit", "/quantity/uom", other_unit(item, stock, body.quantity.uom))
    change = body.quantity.value * per
    if not change:
        raise Refusal.at("invalid-request", "/quantity/value", "is 0, but a correction changes something")
    before = _part(stock, body.part).value
    if before + change < 0:
        raise Refusal.at(
            "no-stock", "/quantity/value", f"only {before:f} {stock.on_hand.uom} of {body.sku} are {body.part}"
        )
    refuse_uncountable(stock, change, "/quantity/value")
    if item.lot_tracked and body.part is StockPart.AVAILABLE:
        if change > 0:
            lot.put_away(tx, body.sku, change, None)
        else:
            lot.take(tx, body.sku, -change)
    stock = move(
        tx,
        stock,
        available=change if body.part is StockPart.AVAILABLE else Decimal(0),
        on_hold=change if body.part is StockPart.ON_HOLD else Decimal(0),
        damaged=change if body.part is StockPart.DAMAGED else Decimal(0),
    )
    _announce(tx, body, stock)
    tell(tx, stock)
    return stock


def _part(stock: PhysicalStock, part: StockPart) -> Quantity:
    return {
        StockPart.AVAILABLE: stock.available,
        StockPart.ON_HOLD: stock.on_hold,
        StockPart.DAMAGED: stock.damaged,
    }[part]


def _announce(tx: Transaction, correction: InventoryCorrection, stock: PhysicalStock) -> None:
    adjustment = InventoryAdjustment(
        adjustment_id=AdjustmentId(tx.ids.next("ADJ")),
        warehouse_id=stock.warehouse_id,
        sku=stock.sku,
        part=correction.part,
        quantity=correction.quantity,
        reason=correction.reason,
        remark=correction.remark,
        balance=_part(stock, correction.part),
        occurred_at=tx.now,
        sequence=stock.sequence,
    )
    tx.put(adjustment.adjustment_id, adjustment)
    tx.announce(ADJUSTED, adjustment.adjustment_id, adjustment)
