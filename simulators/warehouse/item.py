"""What has a place here, as the layer tells it (contracts/warehouse/v1, items)."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from ...contracts.identifiers import Gtin, Sku
from ...contracts.objects import Pack, PhysicalStock, Quantity, WarehouseItem
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from . import stock
from .registry import rules
from .stock import StockedItem

KILOGRAM = "KGM"  # UN/ECE Rec 20


class WarehouseItemFacts(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What a warehouse is told of an item."""

    description: str
    base_uom: str
    gtin: Gtin | None = None
    packs: tuple[Pack, ...]
    weight: Quantity | None = None
    lot_tracked: bool
    serial_tracked: bool


@rules.operation("putWarehouseItem")
def put_warehouse_item(tx: Transaction, call: Call[WarehouseItemFacts]) -> WarehouseItem:
    """Opens a place the first time. Told what it knows already, the warehouse changes nothing.

    Raises: Refusal `unknown-unit` for another unit than the item is counted in; `invalid-request` for other tracking
    while goods are on the shelf.
    """
    sku, body = Sku(call.params["sku"]), call.body
    known = tx.find(WarehouseItem, sku)
    if known is not None:
        call.expect_version(known.version)
    _refuse_turned(tx, sku, body)
    facts = {name: getattr(body, name) for name in WarehouseItemFacts.__struct_fields__}
    if known is not None and all(getattr(known, name) == value for name, value in facts.items()):
        return known
    item = WarehouseItem(
        sku=sku,
        **facts,
        version=known.version + 1 if known else 1,
        created_at=known.created_at if known else tx.now,
        updated_at=tx.now,
    )
    tx.put(sku, item)
    tx.put(sku, _stocked(item))
    if tx.find(PhysicalStock, sku) is None:
        stock.move(tx, stock.empty(tx, sku, item.base_uom))
    return item


@rules.operation("getWarehouseItem")
def get_warehouse_item(tx: Transaction, call: Call[None]) -> WarehouseItem:
    return tx.get(WarehouseItem, call.params["sku"])


def _refuse_turned(tx: Transaction, sku: Sku, body: WarehouseItemFacts) -> None:
    """What lies on the shelf must not turn into something else."""
    shelf, item = tx.find(PhysicalStock, sku), tx.find(StockedItem, sku)
    if shelf is None or item is None:
        return
    if shelf.on_hand.uom != body.base_uom:
        problem = f"{sku} is counted in {shelf.on_hand.uom}, not in {body.base_uom}"
        raise Refusal.at("unknown-unit", "/baseUom", problem)
    for name, told, had in (
        ("lotTracked", body.lot_tracked, item.lot_tracked),
        ("serialTracked", body.serial_tracked, item.serial_tracked),
    ):
        if told != had and shelf.on_hand.is_positive:
            problem = f"cannot become {str(told).lower()} while {shelf.on_hand} are on the shelf"
            raise Refusal.at("invalid-request", f"/{name}", problem)


def _stocked(item: WarehouseItem) -> StockedItem:
    weight = item.weight
    return StockedItem(
        sku=item.sku,
        packs={pack.uom: pack.quantity_per_base.value for pack in item.packs},
        weight_kg=Decimal(weight.value) if weight is not None and weight.uom == KILOGRAM else None,
        lot_tracked=item.lot_tracked,
        serial_tracked=item.serial_tracked,
    )
