"""Goods that came back and that nobody announced."""

from decimal import Decimal
from typing import Any

import pytest

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.warehouse.conftest import Warehouse


def came(value: str = "2", condition: str = "good", **line: Any) -> dict[str, Any]:
    return {"sku": "SKU-1", "quantity": {"value": value, "uom": "EA"}, "condition": condition} | line


def receive(warehouse: Warehouse, *lines: dict[str, Any], order_id: str = "CO-1") -> Any:
    return warehouse("receiveUnannouncedReturn", {"orderId": order_id, "lines": list(lines)})


@pytest.fixture
def shipped(west: Warehouse) -> Warehouse:
    """It has shipped ten SKU-1 for CO-1."""
    west.request()
    west.pass_hours(100)
    return west


@pytest.mark.parametrize("condition", ["good", "damaged"])
def test_what_nobody_announced_is_put_on_hold_whatever_it_looks_like(shipped: Warehouse, condition: str) -> None:
    before = shipped.stock()
    received = receive(shipped, came("2", condition))
    assert shipped.stock() == before | {"onHand": 92, "onHold": 2}
    assert shipped.told("return.unannounced") == [received]
    assert shipped.told("inventory.changed")[-1]["onHold"]["value"] == "2"
    assert shipped("getUnannouncedReturn", receiptId=received["receiptId"]) == received


def test_a_case_counts_as_the_pieces_that_it_holds(shipped: Warehouse) -> None:
    shipped.receive("SKU-2", 12, packs={"CA": Decimal(12)})
    receive(shipped, came(sku="SKU-2", quantity={"value": "1", "uom": "CA"}))
    assert shipped.stock("SKU-2")["onHold"] == 12


def test_what_the_warehouse_does_not_know_is_refused_whole(shipped: Warehouse) -> None:
    before = shipped.stock()
    assert refusal_of(lambda: receive(shipped, came(), order_id="CO-9")).code == "unknown-order"
    assert refusal_of(lambda: receive(shipped, came(), came(sku="SKU-9"))).code == "item-not-stocked"
    units = refusal_of(lambda: receive(shipped, came(quantity={"value": "1", "uom": "PL"})))
    assert (units.code, units.errors[0].pointer) == ("unknown-unit", "/lines/0/quantity/uom")
    too_many = refusal_of(lambda: receive(shipped, came("999999999")))
    assert (too_many.code, too_many.errors[0].pointer) == ("invalid-request", "/lines/0/quantity/value")
    assert shipped.stock() == before
    assert shipped.told("return.unannounced") == []
