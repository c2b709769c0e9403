"""Counts of many items at once."""

from typing import Any

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.warehouse.conftest import Warehouse


def counts(warehouse: Warehouse) -> list[Any]:
    return warehouse.told("inventory.snapshot")


def test_a_snapshot_tells_every_part_of_every_position(west: Warehouse) -> None:
    west.receive("SKU-2", 5)
    west.request("FF-1", ("1", "SKU-1", "60 EA"))
    body = {"sku": "SKU-1", "part": "damaged", "quantity": {"value": "3", "uom": "EA"}, "reason": "found"}
    west("adjustInventory", body)
    taken = west("takeInventorySnapshot", {})
    (told,) = counts(west)
    assert {name: told[name] for name in taken} == taken
    assert west.events[-1]["subject"] == f"west/{taken['snapshotId']}"
    values = ("onHand", "available", "allocated", "onHold", "damaged")
    assert [(each["sku"], *(each[name]["value"] for name in values)) for each in told["positions"]] == [
        ("SKU-1", "103", "40", "60", "0", "3"),
        ("SKU-2", "5", "5", "0", "0", "0"),
    ]


def test_each_snapshot_has_a_higher_sequence_than_the_one_before(west: Warehouse) -> None:
    for _ in range(3):
        west("takeInventorySnapshot")
    assert [told["sequence"] for told in counts(west)] == [1, 2, 3]


def test_only_some_items_can_be_counted(west: Warehouse) -> None:
    west.receive("SKU-2", 5)
    west("takeInventorySnapshot", {"skus": ["SKU-2"]})
    assert [[each["sku"] for each in told["positions"]] for told in counts(west)] == [["SKU-2"]]
    refusal = refusal_of(lambda: west("takeInventorySnapshot", {"skus": ["SKU-2", "SKU-9"]}))
    assert (refusal.code, refusal.errors[0].pointer) == ("item-not-stocked", "/skus/1")


def test_many_items_are_told_in_parts_each_item_in_one(west: Warehouse) -> None:
    for number in range(2, 403):
        west.receive(f"SKU-{number}", 1)
    assert west("takeInventorySnapshot")["parts"] == 3
    parts = counts(west)
    assert [(told["part"], told["parts"], len(told["positions"])) for told in parts] == [
        (1, 3, 200),
        (2, 3, 200),
        (3, 3, 2),
    ]
    assert {told["sequence"] for told in parts} == {1}
    assert len({each["sku"] for told in parts for each in told["positions"]}) == 402


def test_an_empty_warehouse_counts_nothing_and_says_so(world: Any) -> None:
    empty = Warehouse(world, "west")
    empty("takeInventorySnapshot")
    assert [told["positions"] for told in counts(empty)] == [[]]


def test_it_counts_by_itself_only_where_it_is_set_up_so(west: Warehouse) -> None:
    west("takeInventorySnapshot")
    west.pass_hours(1000)
    assert len(counts(west)) == 1
    west.set(snapshot_every_h=24)
    west("takeInventorySnapshot")
    west.pass_hours(50)
    assert [told["asOf"] for told in counts(west)[1:]] == [
        "2026-04-13T00:00:00Z",
        "2026-04-14T00:00:00Z",
        "2026-04-15T00:00:00Z",
    ]
    west.set(snapshot_every_h=0)
    west.pass_hours(100)
    assert len(counts(west)) == 4
