"""Counts of all that is on the shelves, or of some items (contracts/warehouse/v1, inventory snapshots)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from ...contracts.identifiers import Sku, SnapshotId, WarehouseId
from ...contracts.objects import InventorySnapshot, PhysicalStock, SnapshotPosition, Timestamp
from ..line_ids import refuse
from ..refusal import FieldError
from ..rules import Call
from ..transaction import Transaction
from . import settings
from .registry import rules
from .stock import not_stocked

SNAPSHOT = "crossdock.inventory.snapshot.v1"
MOST_POSITIONS = 200  # contracts/canonical/v1/inventory-snapshot.json
KEY = "snapshots"


class SnapshotRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What is to be counted; None: all that there is."""

    skus: tuple[Sku, ...] | None = None


class SnapshotTaken(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A count that was announced in so many parts. Kept once, as the last one, for its number."""

    snapshot_id: SnapshotId
    warehouse_id: WarehouseId
    as_of: Timestamp
    sequence: int
    parts: int


@rules.operation("takeInventorySnapshot")
def take_inventory_snapshot(tx: Transaction, call: Call[SnapshotRequest | None]) -> SnapshotTaken:
    """Where the warehouse counts by itself, the next full count is so many hours after the last that people took.

    Raises: Refusal `item-not-stocked`.
    """
    skus = call.body.skus if call.body else None
    if skus is None:
        every_h = settings.of(tx).snapshot_every_h
        if every_h:
            tx.later(timedelta(hours=every_h), "count-again")
        return _take(tx, list(tx.all(PhysicalStock)))
    refuse(
        "item-not-stocked",
        (
            FieldError(not_stocked(tx, sku), pointer=f"/skus/{place}")
            for place, sku in enumerate(skus)
            if tx.find(PhysicalStock, sku) is None
        ),
    )
    return _take(tx, [tx.get(PhysicalStock, sku) for sku in skus])


@rules.job("count-again")
def count_again(tx: Transaction) -> None:
    """Goes on for ever, so a world in which a warehouse counts by itself never becomes quiet."""
    every_h = settings.of(tx).snapshot_every_h
    if every_h:
        tx.later(timedelta(hours=every_h), "count-again")
        _take(tx, list(tx.all(PhysicalStock)))


def _take(tx: Transaction, stocks: Sequence[PhysicalStock]) -> SnapshotTaken:
    last = tx.find(SnapshotTaken, KEY)
    taken = SnapshotTaken(
        snapshot_id=SnapshotId(tx.ids.next("SNAP")),
        warehouse_id=settings.of(tx).warehouse_id,
        as_of=tx.now,
        sequence=last.sequence + 1 if last else 1,
        parts=max(1, -(-len(stocks) // MOST_POSITIONS)),
    )
    tx.put(KEY, taken)
    for number in range(taken.parts):
        part = InventorySnapshot(
            snapshot_id=taken.snapshot_id,
            warehouse_id=taken.warehouse_id,
            as_of=taken.as_of,
            sequence=taken.sequence,
            part=number + 1,
            parts=taken.parts,
            positions=tuple(
                _position(stock) for stock in stocks[number * MOST_POSITIONS : (number + 1) * MOST_POSITIONS]
            ),
        )
        tx.announce(SNAPSHOT, f"{taken.warehouse_id}/{taken.snapshot_id}", part)
    return taken


def _position(stock: PhysicalStock) -> SnapshotPosition:
    return SnapshotPosition(**{name: getattr(stock, name) for name in SnapshotPosition.__struct_fields__})
