"""Goods come in: the opening stock, and what suppliers deliver.

Not in the contract, and carried by no channel: only people in the warehouse do this.
"""

from __future__ import annotations

import msgspec

from ...contracts.identifiers import Sku
from ...contracts.objects import PhysicalStock, Quantity
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from . import lot
from .registry import rules
from .stock import StockedItem, empty, move, refuse_uncountable, tell


class GoodsReceipt(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Goods arrive: `quantity` in the item's own unit. `item` is needed the first time, to open its place;
    later it can add packs and a weight, for what is on the shelf must not turn into something else."""

    sku: Sku
    quantity: Quantity
    lot: str | None = None
    item: StockedItem | None = None


@rules.operation("receiveGoods")
def receive_goods(tx: Transaction, call: Call[GoodsReceipt]) -> PhysicalStock:
    """Raises: Refusal `item-not-stocked` without a place for it, `unknown-unit`; `invalid-request` below zero, past
    what can be counted, and for a pack that holds nothing."""
    body = call.body
    if body.quantity.value < 0:
        raise Refusal.at("invalid-request", "/quantity/value", f"is {body.quantity}, but what comes is 0 or more")
    item = _known(tx.find(StockedItem, body.sku), body.item)
    if item is None:
        raise Refusal.at("item-not-stocked", "/sku", f"{body.sku} has no place here yet: say what it is in `item`")
    if hollow := [uom for uom, holds in item.packs.items() if holds <= 0]:
        raise Refusal.at("invalid-request", f"/item/packs/{hollow[0]}", "must hold more than 0")
    tx.put(body.sku, msgspec.structs.replace(item, sku=body.sku))
    stock = tx.find(PhysicalStock, body.sku) or empty(tx, body.sku, body.quantity.uom)
    if body.quantity.uom != stock.on_hand.uom:
        raise Refusal.at("unknown-unit", "/quantity/uom", f"{body.sku} is counted in {stock.on_hand.uom}")
    refuse_uncountable(stock, body.quantity.value, "/quantity/value")
    if item.lot_tracked:
        lot.put_away(tx, body.sku, body.quantity.value, body.lot)
    stock = move(tx, stock, available=body.quantity.value)
    tell(tx, stock)
    return stock


def _known(before: StockedItem | None, said: StockedItem | None) -> StockedItem | None:
    if before is None or said is None:
        return before or said
    packs = said.packs | before.packs
    return msgspec.structs.replace(
        before, packs=packs, weight_kg=before.weight_kg if said.weight_kg is None else said.weight_kg
    )
