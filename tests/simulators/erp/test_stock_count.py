"""What warehouses counted, beside the books."""

from typing import Any

import pytest

from crossdock.tests.simulators.erp.conftest import Erp, each


def report(*lines: tuple[str, str], sequence: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "warehouseId": "east",
        "snapshotId": f"SNAP-{sequence}",
        "asOf": f"2026-03-02T{sequence:02}:00:00Z",
        "sequence": sequence,
        "lines": [{"sku": sku, "counted": each(value)} for sku, value in lines],
    } | fields


def told(erp: Erp, **where: Any) -> list[tuple[str, str, str, str]]:
    items = erp.ask("listStockCounts", **where).items
    return [(each.sku, str(each.counted), str(each.book), str(each.difference)) for each in items]


def test_a_count_is_kept_beside_the_book_and_changes_none(erp: Erp) -> None:
    erp.stock("20")
    answer = erp.ask("postStockCounts", report(("SKU-1", "18"), ("SKU-2", "3")))
    assert told(erp) == [("SKU-1", "18 EA", "20 EA", "-2 EA"), ("SKU-2", "3 EA", "0 EA", "3 EA")]
    assert answer.items == erp.ask("listStockCounts").items
    assert erp.position() == (20, 0, 20)
    assert len(erp.ask("listStockMovements").items) == 1


def test_the_last_count_that_is_told_stands_though_it_be_older(erp: Erp) -> None:
    erp.stock("20")
    for sequence, value in ((2, "19"), (1, "20")):
        erp.ask("postStockCounts", report(("SKU-1", value), sequence=sequence))
    (kept,) = erp.ask("listStockCounts").items
    assert (kept.sequence, str(kept.counted), kept.version) == (1, "20 EA", 2)


def test_counts_are_found_by_warehouse_and_item(erp: Erp) -> None:
    erp.ask("postStockCounts", report(("SKU-1", "1"), ("SKU-2", "2")))
    erp.ask("postStockCounts", report(("SKU-1", "3"), warehouseId="west"))
    assert len(told(erp, warehouseId="east")) == 2
    assert [counted for _, counted, _, _ in told(erp, sku="SKU-1")] == ["1 EA", "3 EA"]


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        (report(("SKU-1", "1"), ("SKU-9", "1")), "unknown-item", "/lines/1/sku"),
        (report(("SKU-1", "1"), warehouseId="north"), "unknown-warehouse", "/warehouseId"),
        (report(("SKU-1", "1"), ("SKU-1", "2")), "invalid-request", "/lines/1/sku"),
        (report(lines=[{"sku": "SKU-1", "counted": each("1", "CA")}]), "unknown-unit", "/lines/0/counted/uom"),
    ],
)
def test_a_count_that_cannot_be_is_refused_whole(erp: Erp, body: dict[str, Any], code: str, pointer: str) -> None:
    refusal = erp.refusal("postStockCounts", body)
    assert (refusal.code, erp.pointers(refusal)) == (code, [pointer])
    assert told(erp) == []
