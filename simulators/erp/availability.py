"""Available to promise: what can be given to an order, and from where."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

import msgspec

from ...contracts.identifiers import Sku, WarehouseId
from ...contracts.objects import Address, InventoryPosition, PartialPolicy, Quantity
from ..rules import Call
from ..transaction import Transaction
from . import settings, stock_ledger
from .registry import rules
from .settings import ErpSettings
from .stock_ledger import NOTHING


class Demand(Protocol):
    """What asks for stock: a line of an order that comes in or was held, a backorder. In the item's base unit; the ERP
    chooses the warehouse when there is none.
    """

    @property
    def sku(self) -> Sku: ...

    @property
    def quantity(self) -> Quantity: ...

    @property
    def warehouse_id(self) -> WarehouseId | None: ...


class Promise(msgspec.Struct, frozen=True, gc=False):
    """How much of a demand there is, and where; confirmed + missing is what was asked for."""

    warehouse_id: WarehouseId | None
    confirmed: Quantity
    missing: Quantity


class Availability(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """Positions, for choosing a warehouse (contracts/erp, Availability)."""

    items: tuple[InventoryPosition, ...]


def promise(
    tx: Transaction, customizing: ErpSettings, ship_to: Address, policy: PartialPolicy, demands: Sequence[Demand]
) -> list[Promise]:
    """What each demand can be promised, in order, no stock twice. All or nothing under `shipComplete`."""
    source: WarehouseId | None = None
    left: dict[str, Decimal] = {}
    promises: list[Promise] = []
    complete = True
    for demand in demands:
        warehouse_id = demand.warehouse_id
        if warehouse_id is None:
            if source is None:
                source = _source(tx, customizing, ship_to, [each for each in demands if each.warehouse_id is None])
            warehouse_id = source
        key = f"{warehouse_id}/{demand.sku}"
        there = left.get(key)
        if there is None:
            position = tx.find(InventoryPosition, key)
            there = NOTHING if position is None else position.available_to_promise.value
        quantity = demand.quantity
        wanted = quantity.value
        if wanted <= there:
            left[key] = there - wanted
            promises.append(Promise(warehouse_id, quantity, Quantity(NOTHING, quantity.uom)))
        else:
            complete = False
            left[key] = NOTHING
            promises.append(
                Promise(warehouse_id, Quantity(there, quantity.uom), Quantity(wanted - there, quantity.uom))
            )
    if policy is PartialPolicy.SHIP_COMPLETE and not complete:
        pairs = zip(demands, promises, strict=True)
        return [
            Promise(each.warehouse_id, Quantity.zero(demand.quantity.uom), demand.quantity) for demand, each in pairs
        ]
    return promises


def nothing_promised(demand: Demand) -> Promise:
    """That nothing is given, for now or for good."""
    return Promise(demand.warehouse_id, Quantity.zero(demand.quantity.uom), demand.quantity)


def _source(tx: Transaction, customizing: ErpSettings, ship_to: Address, demands: Sequence[Demand]) -> WarehouseId:
    """The first warehouse for the place that has all that is asked for, else the one that has most of it."""
    wanted: dict[Sku, Decimal] = {}
    for demand in demands:
        wanted[demand.sku] = wanted.get(demand.sku, NOTHING) + demand.quantity.value
    whole = sum(wanted.values(), NOTHING)
    candidates = settings.at_place(customizing.sourcing, ship_to, ()) or customizing.warehouses
    best, most = candidates[0], Decimal(-1)
    for warehouse_id in candidates:
        there = sum(
            (min(stock_ledger.available(tx, warehouse_id, sku), quantity) for sku, quantity in wanted.items()), NOTHING
        )
        if there == whole:
            return warehouse_id
        if there > most:
            best, most = warehouse_id, there
    return best


@rules.operation("getAvailability")
def get_availability(tx: Transaction, call: Call[None]) -> Availability:
    """The positions of the items asked for, at all warehouses or at one."""
    only: WarehouseId | None = call.params.get("warehouseId")
    warehouses = settings.of(tx).warehouses if only is None else (only,)
    asked_for: list[Sku] = call.params["sku"]
    found = (stock_ledger.position_of(tx, each, sku) for sku in asked_for for each in warehouses)
    return Availability(items=tuple(position for position in found if position is not None))


@rules.operation("getStock")
def get_stock(tx: Transaction, call: Call[None]) -> InventoryPosition:
    warehouse_id, sku = call.params["warehouseId"], call.params["sku"]
    return tx.get(InventoryPosition, stock_ledger.position_key(warehouse_id, sku))
