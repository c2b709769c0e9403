"""What belongs to no single order: stock, and the customers and items that are kept in several systems."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeAlias

import msgspec

from ..contracts.objects import (
    Account,
    Case,
    CloudEvent,
    Customer,
    InventoryAdjustment,
    InventoryMovement,
    InventoryPosition,
    InventorySnapshot,
    Item,
    PhysicalStock,
    Product,
    StockCount,
    WarehouseItem,
)
from ..simulators.journal import Entry
from .complaints import Complaints
from .master_data import CUSTOMER, ITEM, MasterRecord
from .seen import Seen
from .set_aside import SetAside
from .stock import Counted, Stock
from .units import Units

ADJUSTED = "crossdock.inventory.adjusted.v1"
SNAPSHOT = "crossdock.inventory.snapshot.v1"
ACCOUNT = "crossdock.account.changed.v1"
CHANGED_ITEM = "crossdock.item.changed.v1"
Place: TypeAlias = tuple[str, str]


class Ledgers:
    """`stocks` by (warehouse, item); `master` by (kind, key): customers by their account at the CRM, items by SKU.
    `changed` are the places and records touched since it was last emptied; `complaints` the cases that name no order,
    `letters` the dead letters that are about none.
    """

    KINDS: ClassVar[frozenset[str]] = frozenset(
        kind.__name__
        for kind in (
            *(InventoryPosition, InventoryMovement, PhysicalStock, InventoryAdjustment, StockCount),
            *(Account, Customer, Item, Product, WarehouseItem),
        )
    )

    def __init__(self) -> None:
        self.stocks: dict[Place, Stock] = {}
        self.master: dict[Place, MasterRecord] = {}
        self.units = Units()
        self.complaints = Complaints()
        self.changed: set[Place] = set()
        self.letters: dict[str, SetAside] = {}
        self._speaks_of: dict[str, tuple[list[Place], Any]] = {}
        self._accounts: dict[str, str] = {}

    def stock(self, warehouse: str, sku: str) -> Stock:
        place = (warehouse, sku)
        stock = self.stocks.get(place)
        if stock is None:
            stock = self.stocks[place] = Stock(self.complaints)
        self.changed.add(place)
        return stock

    def record(self, kind: str, key: str) -> MasterRecord:
        record = self.master.get((kind, key))
        if record is None:
            record = self.master[(kind, key)] = MasterRecord(kind, key, self.complaints)
        self.changed.add((kind, key))
        return record

    def take(self, entry: Entry, records: Iterable[Any]) -> None:
        """Take in what one commit wrote of these kinds."""
        records = list(records)
        adjustment = next((each for each in records if isinstance(each, InventoryAdjustment)), None)
        for each in records:
            match each:
                case InventoryPosition():
                    self.stock(each.warehouse_id, each.sku).positioned(Seen.of(entry, each))
                case InventoryMovement():
                    self.stock(each.warehouse_id, each.sku).booked(Seen.of(entry, each))
                case PhysicalStock():
                    self.stock(each.warehouse_id, each.sku).shelved(Seen.of(entry, each), adjustment)
                case StockCount():
                    self.stock(each.warehouse_id, each.sku).told.append(Seen.of(entry, each))
                case Account():
                    self._accounts[each.customer_number] = each.account_id
                    self.record(CUSTOMER, each.account_id).owned(Seen.of(entry, each))
                case Item():
                    self.units.learn(each)
                    self.record(ITEM, each.sku).owned(Seen.of(entry, each))
                case Customer():
                    key = each.account_id or self._accounts.get(each.customer_number, "")
                    self.record(CUSTOMER, key).copied(Seen.of(entry, each))
                case Product() | WarehouseItem():
                    self.record(ITEM, each.sku).copied(Seen.of(entry, each))

    def announced(self, entry: Entry, event: CloudEvent) -> None:
        """An event: by it the layer hears of a correction, a count, a customer or an item."""
        if event.type == SNAPSHOT:
            snapshot = msgspec.json.decode(event.data, type=InventorySnapshot)
            places = []
            for position in snapshot.positions:
                stock = self.stock(snapshot.warehouse_id, position.sku)
                saleable = position.available + position.allocated
                stock.counted(Seen.of(entry, Counted(snapshot.snapshot_id, snapshot.sequence, saleable)))
                places.append((str(snapshot.warehouse_id), str(position.sku)))
            self._speaks_of[event.id] = (places, snapshot.snapshot_id)
        elif event.type == ADJUSTED:
            adjustment = msgspec.json.decode(event.data, type=InventoryAdjustment)
            self.stock(adjustment.warehouse_id, adjustment.sku)
            place = (str(adjustment.warehouse_id), str(adjustment.sku))
            self._speaks_of[event.id] = ([place], adjustment.adjustment_id)
        elif event.type in (ACCOUNT, CHANGED_ITEM):
            kind = CUSTOMER if event.type == ACCOUNT else ITEM
            record = self.record(kind, event.subject)
            self._speaks_of[event.id] = ([(kind, event.subject)], record.versions[-1].what.version)

    def swallowed(self, event_id: str) -> None:
        """A fault keeps an event from the layer for good."""
        keys, what = self._speaks_of.get(event_id, ([], None))
        for key in keys:
            self._kept(key).unheard.add(what)

    def heard(self, event_id: str) -> None:
        """It was brought after all."""
        keys, what = self._speaks_of.get(event_id, ([], None))
        for key in keys:
            self._kept(key).unheard.discard(what)

    def set_aside(self, letter: SetAside) -> bool:
        """The layer lists it: keep it with what its event was to tell. False when that belongs to no stock, customer or
        item. What speaks of several items is kept with the first of them.
        """
        keys, _ = self._speaks_of.get(letter.event_id, ([], None))
        if keys:
            self._kept(keys[0]).set_aside[letter.letter_id] = letter
            self.changed.add(keys[0])
        return bool(keys)

    def _kept(self, key: Place) -> Stock | MasterRecord:
        return self.master[key] if key in self.master else self.stocks[key]

    def complained(self, key: str, seen: Seen[Case]) -> None:
        self.complaints.take(key, seen)
