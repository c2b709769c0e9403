"""What has a place in a warehouse, as the layer tells it."""

from typing import Any

import pytest

from crossdock.contracts.identifiers import Sku
from crossdock.contracts.objects import Quantity
from crossdock.simulators.party import Cause
from crossdock.simulators.rules import Call
from crossdock.simulators.warehouse import GoodsReceipt
from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.warehouse.conftest import Warehouse

CASE = {"uom": "CA", "quantityPerBase": {"value": "12", "uom": "EA"}}
FACTS = {"description": "Torque wrench", "baseUom": "EA", "packs": [CASE], "lotTracked": False, "serialTracked": False}


def put(warehouse: Warehouse, sku: str = "SKU-2", *, if_match: int | None = None, **facts: Any) -> Any:
    return warehouse("putWarehouseItem", FACTS | facts, sku=sku, if_match=if_match)


def test_a_new_item_gets_an_empty_place_into_which_goods_can_come(west: Warehouse) -> None:
    item = put(west)
    assert west("getWarehouseItem", sku="SKU-2") == item
    assert west.stock("SKU-2") == dict.fromkeys(("onHand", "available", "allocated", "onHold", "damaged"), 0)
    receipt = GoodsReceipt(sku=Sku("SKU-2"), quantity=Quantity.of(24))
    west.party.perform("receiveGoods", Call(receipt), Cause("people"))
    west.request("FF-1", ("1", "SKU-2", "1 CA"))
    assert west.stock("SKU-2")["allocated"] == 12


def test_what_was_never_told_is_not_found(west: Warehouse) -> None:
    assert refusal_of(lambda: west("getWarehouseItem", sku="SKU-1")).code == "not-found"


def test_an_item_that_is_there_already_is_only_described(west: Warehouse) -> None:
    before = west.stock()
    put(west, "SKU-1", weight={"value": "1.25", "uom": "KGM"})
    assert west.stock() == before
    west.request("FF-1", ("1", "SKU-1", "1 CA"))
    west.pass_hours(100)
    (package,) = west.shipments()[0]["packages"]
    assert package["weight"]["value"] == "15.250", "twelve pieces and the package"


def test_a_pack_that_is_told_anew_holds_for_what_is_asked_from_now_on(west: Warehouse) -> None:
    put(west, "SKU-1")
    put(west, "SKU-1", packs=[{"uom": "CA", "quantityPerBase": {"value": "6", "uom": "EA"}}])
    west.request("FF-1", ("1", "SKU-1", "1 CA"))
    assert west.stock()["allocated"] == 6


def test_told_what_it_knows_nothing_changes(west: Warehouse) -> None:
    put(west)
    assert put(west)["version"] == 1
    assert put(west, description="Wrench")["version"] == 2
    assert refusal_of(lambda: put(west, if_match=1)).code == "precondition-failed"


@pytest.mark.parametrize(
    ("facts", "code", "pointer"),
    [
        ({"baseUom": "KGM"}, "unknown-unit", "/baseUom"),
        ({"lotTracked": True}, "invalid-request", "/lotTracked"),
        ({"serialTracked": True}, "invalid-request", "/serialTracked"),
    ],
)
def test_what_lies_on_the_shelf_does_not_turn_into_something_else(
    west: Warehouse, facts: dict[str, Any], code: str, pointer: str
) -> None:
    refusal = refusal_of(lambda: put(west, "SKU-1", **facts))
    assert (refusal.code, refusal.errors[0].pointer) == (code, pointer)


def test_an_empty_place_may_be_tracked_otherwise(west: Warehouse) -> None:
    put(west)
    assert put(west, lotTracked=True)["version"] == 2
