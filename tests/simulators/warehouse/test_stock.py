"""What stands on the shelves, as it comes and as people correct it."""

from decimal import Decimal
from typing import Any

import pytest

from crossdock.contracts.identifiers import Sku
from crossdock.contracts.objects import Quantity
from crossdock.simulators.party import Cause
from crossdock.simulators.rules import Call
from crossdock.simulators.warehouse import GoodsReceipt, StockedItem
from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.warehouse.conftest import Warehouse


def adjust(warehouse: Warehouse, value: str, part: str = "available", sku: str = "SKU-1", uom: str = "EA") -> None:
    body = {"sku": sku, "part": part, "quantity": {"value": value, "uom": uom}, "reason": "count"}
    warehouse("adjustInventory", body)


def test_goods_that_arrive_are_available_and_announced(west: Warehouse) -> None:
    west.receive("SKU-1", 5)
    assert west.stock() == {"onHand": 105, "available": 105, "allocated": 0, "onHold": 0, "damaged": 0}
    assert west.told("inventory.changed")[-1]["onHand"]["value"] == "105"
    assert west.events[-1]["subject"] == "west/SKU-1"


def test_goods_without_a_place_are_not_taken(west: Warehouse) -> None:
    receipt = GoodsReceipt(sku=Sku("SKU-9"), quantity=Quantity.of(1))
    refusal = refusal_of(lambda: west.party.perform("receiveGoods", Call(receipt), Cause("people")))
    assert refusal.code == "item-not-stocked"


def test_goods_that_cannot_be_are_not_taken(west: Warehouse) -> None:
    assert refusal_of(lambda: west.receive("SKU-1", -1)).code == "invalid-request"
    assert refusal_of(lambda: west.receive("SKU-2", 1, packs={"CA": Decimal(0)})).code == "invalid-request"
    assert refusal_of(lambda: west.receive("SKU-1", 1, "KGM")).code == "unknown-unit"


def test_what_is_on_the_shelf_does_not_turn_into_something_else(west: Warehouse) -> None:
    west.receive("SKU-2", 12, packs={"CA": Decimal(12)})
    west.receive("SKU-2", 12, packs={"CA": Decimal(6), "PL": Decimal(24)}, weight_kg=Decimal(2), lot_tracked=True)
    item = west.party.state.table(StockedItem)["SKU-2"]
    assert item.packs == {"CA": 12, "PL": 24}
    assert item.weight_kg == 2
    assert not item.lot_tracked


@pytest.mark.parametrize("part", ["available", "onHold", "damaged"])
def test_a_correction_changes_its_part_and_what_is_on_hand(west: Warehouse, part: str) -> None:
    before = west.stock()
    adjust(west, "7", part)
    adjust(west, "-2", part)
    assert west.stock() == before | {"onHand": 105, part: before[part] + 5}


def test_a_correction_is_told_as_a_movement_beside_the_position(west: Warehouse) -> None:
    west.receive("SKU-2", 48, packs={"CA": Decimal(12)})
    body = {"sku": "SKU-2", "part": "available", "quantity": {"value": "-2", "uom": "CA"}, "reason": "lost"}
    west("adjustInventory", body | {"remark": "aisle 7"})
    (told,) = west.told("inventory.adjusted")
    position = west.told("inventory.changed")[-1]
    assert told == {
        "adjustmentId": west.events[-2]["subject"],
        "warehouseId": "west",
        **body,
        "remark": "aisle 7",
        "balance": {"value": "24", "uom": "EA"},
        "occurredAt": position["asOf"],
        "sequence": position["sequence"],
    }


def test_each_change_of_a_position_has_a_higher_sequence(west: Warehouse) -> None:
    adjust(west, "-5")
    west.request()
    adjust(west, "5")
    sequences = [change["sequence"] for change in west.told("inventory.changed")]
    assert sequences == sorted(set(sequences))


def test_no_part_falls_below_zero_and_what_is_allocated_stays(west: Warehouse) -> None:
    west.request("FF-1", ("1", "SKU-1", "60 EA"))
    assert refusal_of(lambda: adjust(west, "-41")).code == "no-stock"
    adjust(west, "-40")
    assert west.stock() == {"onHand": 60, "available": 0, "allocated": 60, "onHold": 0, "damaged": 0}


def test_a_correction_of_nothing_is_refused(west: Warehouse) -> None:
    assert refusal_of(lambda: adjust(west, "0.0")).code == "invalid-request"


def test_a_correction_of_an_unknown_item_or_unit_is_refused(west: Warehouse) -> None:
    assert refusal_of(lambda: adjust(west, "1", sku="SKU-9")).code == "item-not-stocked"
    assert refusal_of(lambda: adjust(west, "1", uom="KGM")).code == "unknown-unit"


def test_more_than_a_quantity_can_say_is_refused(west: Warehouse) -> None:
    refusal = refusal_of(lambda: adjust(west, "999999999"))
    assert (refusal.code, refusal.errors[0].pointer) == ("invalid-request", "/quantity/value")


def test_lots_follow_the_corrections(west: Warehouse) -> None:
    west.receive("SKU-2", 3, lot="A1", lot_tracked=True)
    west.receive("SKU-2", 3, lot="B2", lot_tracked=True)
    adjust(west, "-3", sku="SKU-2")
    adjust(west, "2", "damaged", sku="SKU-2")
    west.request("FF-1", ("1", "SKU-2", "3 EA"))
    west.pass_hours(100)
    (item,) = west.shipments()[0]["packages"][0]["items"]
    assert item["lot"] == "B2"


def test_stock_is_listed_by_item_and_by_time(west: Warehouse) -> None:
    west.receive("SKU-2", 1)
    west.pass_hours(1)
    west.receive("SKU-3", 1)

    def skus(**params: Any) -> list[str]:
        return [item["sku"] for item in west("listInventory", **params)["items"]]

    assert skus() == ["SKU-1", "SKU-2", "SKU-3"]
    assert skus(sku="SKU-2") == ["SKU-2"]
    assert skus(sku="SKU-9") == []
    assert skus(updatedSince="2026-03-02T09:00:00Z") == ["SKU-3"]
