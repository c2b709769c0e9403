"""Counts of the warehouses beside the books (contracts/erp, stock counts): they change none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from ...contracts.identifiers import Sku, SnapshotId, WarehouseId
from ...contracts.objects import Item, Quantity, StockCount, Timestamp
from ..listing import listing
from ..rules import Call
from ..transaction import Page, Transaction
from . import settings, stock_ledger
from .mistakes import Mistake, mistake, refuse
from .registry import rules


class CountedLine(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """What can be sold of an item, by the count."""

    sku: Sku
    counted: Quantity


class StockCountReport(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """What a warehouse counted, or a part of it (contracts/erp, StockCountReport)."""

    warehouse_id: WarehouseId
    snapshot_id: SnapshotId
    as_of: Timestamp
    sequence: int
    lines: tuple[CountedLine, ...]


@rules.operation("postStockCounts")
def post_stock_counts(tx: Transaction, call: Call[StockCountReport]) -> Page:
    """The last writer wins, whichever count is newer.

    Raises: Refusal `unknown-warehouse`, `unknown-item`, `unknown-unit`; `invalid-request` for an item that stands
    twice.
    """
    report = call.body
    settings.expect_warehouse(tx, report.warehouse_id)
    items = [tx.find(Item, line.sku) for line in report.lines]
    refuse(_mistakes(report.lines, items))
    return Page(tuple(_keep(tx, report, line) for line in report.lines), None)


@rules.operation("listStockCounts")
def list_stock_counts(tx: Transaction, call: Call[None]) -> Page:
    return listing(tx, call, StockCount, {"warehouseId": "warehouse_id", "sku": "sku"})


def _mistakes(lines: Sequence[CountedLine], items: Sequence[Item | None]) -> Iterator[Mistake]:
    seen: set[Sku] = set()
    for place, (line, item) in enumerate(zip(lines, items, strict=True)):
        if item is None:
            yield mistake("unknown-item", f"/lines/{place}/sku", f"there is no item {line.sku!r}")
        elif line.counted.uom != item.base_uom:
            problem = f"{item.sku} is counted in {item.base_uom}, not in {line.counted.uom}"
            yield mistake("unknown-unit", f"/lines/{place}/counted/uom", problem)
        if line.sku in seen:
            yield mistake("invalid-request", f"/lines/{place}/sku", f"{line.sku} stands here already")
        seen.add(line.sku)


def _keep(tx: Transaction, report: StockCountReport, line: CountedLine) -> StockCount:
    key = stock_ledger.position_key(report.warehouse_id, line.sku)
    position = stock_ledger.position_of(tx, report.warehouse_id, line.sku)
    book = Quantity.zero(line.counted.uom) if position is None else position.on_hand
    known = tx.find(StockCount, key)
    count = StockCount(
        warehouse_id=report.warehouse_id,
        sku=line.sku,
        counted=line.counted,
        counted_at=report.as_of,
        snapshot_id=report.snapshot_id,
        sequence=report.sequence,
        book=book,
        difference=line.counted - book,
        version=known.version + 1 if known else 1,
        created_at=known.created_at if known else tx.now,
        updated_at=tx.now,
    )
    tx.put(key, count)
    return count
