"""Goods that come back."""

from decimal import Decimal
from typing import Any

import pytest

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.warehouse.conftest import Warehouse


def announce(warehouse: Warehouse, value: str = "4", rma_id: str = "RMA-1", **line: Any) -> Any:
    announced = {"lineId": "1", "sku": "SKU-1", "quantity": {"value": value, "uom": "EA"}} | line
    return warehouse("createReturn", {"rmaId": rma_id, "orderId": "CO-1", "lines": [announced]})


def came(value: str, disposition: str = "restock", condition: str = "good", **line: Any) -> dict[str, Any]:
    quantity = {"value": value, "uom": "EA"}
    return {
        "lineId": "1",
        "sku": "SKU-1",
        "quantity": quantity,
        "condition": condition,
        "disposition": disposition,
    } | line


def receive(warehouse: Warehouse, *lines: dict[str, Any], **how: Any) -> Any:
    return warehouse("receiveReturn", {"lines": list(lines)}, rmaId="RMA-1", **how)


def test_a_return_is_announced_once(west: Warehouse) -> None:
    announced = announce(west)
    assert announced["status"] == "announced"
    assert west("getReturn", rmaId="RMA-1") == announced
    refusal = refusal_of(lambda: announce(west))
    assert (refusal.code, refusal.existing) == ("already-exists", "RMA-1")


@pytest.mark.parametrize(
    ("disposition", "part"), [("restock", "available"), ("quarantine", "onHold"), ("scrap", "damaged")]
)
def test_the_disposition_says_where_the_goods_go(west: Warehouse, disposition: str, part: str) -> None:
    announce(west)
    before = west.stock()
    receipt = receive(west, came("4", disposition))
    assert west.stock() == before | {"onHand": 104, part: before[part] + 4}
    assert west.told("return.received") == [receipt]
    assert west.told("inventory.changed")[-1]["onHand"]["value"] == "104"
    assert west("getReturnReceipt", rmaId="RMA-1", receiptId=receipt["receiptId"]) == receipt


def test_a_return_is_received_once_as_much_has_come_as_was_announced(west: Warehouse) -> None:
    announce(west)
    receive(west, came("1"), came("1", "scrap", "damaged"))
    assert west("getReturn", rmaId="RMA-1")["status"] == "partiallyReceived"
    receive(west, came("2"))
    received = west("getReturn", rmaId="RMA-1")
    assert received["status"] == "received"
    assert received["lines"][0]["receivedQuantity"]["value"] == "4"
    assert len(received["receiptIds"]) == 2
    assert refusal_of(lambda: receive(west, came("1"))).code == "return-state"


def test_a_receipt_is_final_with_the_last_of_what_was_announced(west: Warehouse) -> None:
    announce(west)
    assert receive(west, came("3"))["final"] is False
    assert receive(west, came("1"))["final"] is True


def test_people_may_give_up_what_is_still_missing(west: Warehouse) -> None:
    announce(west)
    assert west("receiveReturn", {"lines": [came("3")], "final": True}, rmaId="RMA-1")["final"] is True
    assert west("getReturn", rmaId="RMA-1")["status"] == "received"
    assert refusal_of(lambda: receive(west, came("1"))).code == "return-state"


def test_more_may_come_than_was_announced(west: Warehouse) -> None:
    announce(west)
    receive(west, came("6"))
    assert west("getReturn", rmaId="RMA-1")["lines"][0]["receivedQuantity"]["value"] == "6"
    assert west.stock()["available"] == 106


def test_another_item_is_booked_as_what_it_is_and_the_line_goes_on_waiting(west: Warehouse) -> None:
    west.receive("SKU-2", 1)
    announce(west)
    receive(west, came("4", "quarantine", "wrongItem", sku="SKU-2"))
    assert west.stock("SKU-2")["onHold"] == 4
    announced = west("getReturn", rmaId="RMA-1")
    assert (announced["status"], announced["lines"][0]["receivedQuantity"]["value"]) == ("partiallyReceived", "0")


def test_pieces_count_towards_an_announced_case(west: Warehouse) -> None:
    west.receive("SKU-2", 12, packs={"CA": Decimal(12)})
    announce(west, "1", sku="SKU-2", quantity={"value": "1", "uom": "CA"})
    receive(west, came("6", sku="SKU-2"))
    assert west("getReturn", rmaId="RMA-1")["lines"][0]["receivedQuantity"] == {"value": "0.500", "uom": "CA"}
    receive(west, came("6", sku="SKU-2"))
    assert west("getReturn", rmaId="RMA-1")["status"] == "received"


def test_what_cannot_be_put_away_is_refused_whole(west: Warehouse) -> None:
    announce(west)
    before = west.stock()
    assert refusal_of(lambda: receive(west, came("1"), came("1", sku="SKU-9"))).code == "item-not-stocked"
    assert refusal_of(lambda: receive(west, came("1"), came("1", lineId="7"))).code == "unknown-line"
    too_many = refusal_of(lambda: receive(west, came("1"), came("999999999")))
    assert (too_many.code, too_many.errors[0].pointer) == ("invalid-request", "/lines/1/quantity/value")
    assert west.stock() == before
    assert west.told("return.received") == []


def test_goods_under_an_rma_that_nobody_announced_are_not_found(west: Warehouse) -> None:
    assert refusal_of(lambda: receive(west, came("1"))).code == "not-found"


def test_a_receipt_of_another_return_is_not_found(west: Warehouse) -> None:
    announce(west)
    announce(west, rma_id="RMA-2")
    receipt = receive(west, came("1"))
    refusal = refusal_of(lambda: west("getReturnReceipt", rmaId="RMA-2", receiptId=receipt["receiptId"]))
    assert refusal.code == "not-found"


def test_a_stale_version_is_refused(west: Warehouse) -> None:
    announce(west)
    receive(west, came("1"), if_match=1)
    assert refusal_of(lambda: receive(west, came("1"), if_match=1)).code == "precondition-failed"


def test_returned_lots_can_be_picked_again(west: Warehouse) -> None:
    west.receive("SKU-2", 0, lot_tracked=True)
    announce(west, sku="SKU-2")
    receive(west, came("4", sku="SKU-2", lot="R7"))
    west.request("FF-1", ("1", "SKU-2", "4 EA"))
    west.pass_hours(100)
    assert west.shipments()[0]["packages"][0]["items"][0]["lot"] == "R7"
