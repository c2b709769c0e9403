"""Accepting what is to be shipped."""

from typing import Any

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.warehouse.conftest import Warehouse


def test_an_accepted_request_is_announced_and_kept_under_its_fulfilment_id(west: Warehouse) -> None:
    accepted = west.request()
    assert accepted["status"] == "accepted"
    assert accepted["version"] == 1
    assert west("getFulfilmentRequest", fulfilmentId="FF-1") == accepted
    assert west.told("fulfilment.accepted") == [accepted]


def test_accepting_lays_the_goods_aside(west: Warehouse) -> None:
    west.request()
    assert west.stock() == {"onHand": 100, "available": 90, "allocated": 10, "onHold": 0, "damaged": 0}


def test_a_request_for_another_warehouse_is_refused(west: Warehouse) -> None:
    refusal = refusal_of(lambda: west.request(warehouseId="east"))
    assert refusal.code == "wrong-warehouse"
    assert refusal.errors[0].pointer == "/warehouseId"


def test_every_item_that_is_not_stocked_is_named_at_its_line(west: Warehouse) -> None:
    lines = (("1", "SKU-1", "1 EA"), ("2", "SKU-8", "1 EA"), ("3", "SKU-9", "1 EA"))
    refusal = refusal_of(lambda: west.request("FF-1", *lines))
    assert refusal.code == "item-not-stocked"
    assert [error.pointer for error in refusal.errors] == ["/lines/1/sku", "/lines/2/sku"]


def test_a_unit_that_the_item_does_not_come_in_is_refused(west: Warehouse) -> None:
    refusal = refusal_of(lambda: west.request("FF-1", ("1", "SKU-1", "1 CA")))
    assert refusal.code == "unknown-unit"
    assert refusal.errors[0].pointer == "/lines/0/quantity/uom"


def test_a_line_id_that_stands_twice_is_refused(west: Warehouse) -> None:
    refusal = refusal_of(lambda: west.request("FF-1", ("1", "SKU-1", "1 EA"), ("1", "SKU-1", "2 EA")))
    assert refusal.code == "invalid-request"
    assert refusal.errors[0].pointer == "/lines/1/lineId"


def test_a_refused_request_leaves_nothing_behind(west: Warehouse) -> None:
    before = west.stock()
    refusal_of(lambda: west.request("FF-1", ("1", "SKU-1", "5 EA"), ("2", "SKU-9", "1 EA")))
    assert west.stock() == before
    assert refusal_of(lambda: west("getFulfilmentRequest", fulfilmentId="FF-1")).code == "not-found"


def test_west_refuses_a_fulfilment_that_it_knows_and_ships_it_once(west: Warehouse) -> None:
    west.request()
    refusal = refusal_of(west.request)
    assert (refusal.code, refusal.existing) == ("duplicate-fulfilment", "FF-1")
    west.pass_hours(100)
    assert refusal_of(west.request).code == "duplicate-fulfilment"
    assert len(west.shipments()) == 1


def test_east_keeps_no_check_and_ships_a_fulfilment_twice(east: Warehouse) -> None:
    east.request()
    east.request()
    east.pass_hours(100)
    assert [shipment["final"] for shipment in east.shipments()] == [True, True]
    assert east.stock()["onHand"] == 80


def test_a_higher_revision_replaces_a_request_that_is_not_picked_yet(west: Warehouse) -> None:
    west.request()
    replaced = west.request("FF-1", ("1", "SKU-1", "4 EA"), revision=2)
    assert (replaced["revision"], replaced["version"]) == (2, 2)
    assert west.stock()["allocated"] == 4
    west.pass_hours(100)
    (shipment,) = west.shipments()
    assert shipment["lines"][0]["shippedQuantity"]["value"] == "4"


def test_a_replaced_request_is_picked_from_the_start(west: Warehouse) -> None:
    west.request()
    west.pass_hours(1.5)
    assert west.status() == "picking"
    west.request(revision=2)
    assert west.status() == "accepted"
    west.pass_hours(0.9)  # when the first pick would have been done
    assert west.status() == "accepted"
    west.pass_hours(100)
    assert len(west.shipments()) == 1


def test_the_steps_of_the_revision_before_are_not_taken_any_more(west: Warehouse) -> None:
    west.request()
    west.pass_hours(0.5)
    west.request(revision=2)
    west.pass_hours(0.75)  # when the pick of the first would have begun
    assert west.status() == "accepted"
    west.pass_hours(100)
    assert west.types().count("fulfilment.picking") == 1


def test_a_higher_revision_of_what_is_picked_comes_too_late(west: Warehouse) -> None:
    west.request()
    west.pass_hours(2.1)
    assert refusal_of(lambda: west.request(revision=2)).code == "duplicate-fulfilment"


def test_a_cancelled_fulfilment_comes_back_only_in_a_higher_revision(west: Warehouse) -> None:
    west.request()
    west("cancelFulfilmentRequest", fulfilmentId="FF-1")
    assert refusal_of(west.request).code == "duplicate-fulfilment"
    assert west.request(revision=3)["status"] == "accepted"
    west.pass_hours(100)
    assert len(west.shipments()) == 1


def test_requests_are_listed_by_order_and_by_status(west: Warehouse) -> None:
    west.request("FF-1")
    west.request("FF-2", orderId="CO-2")
    west("cancelFulfilmentRequest", fulfilmentId="FF-1")

    def ids(**params: Any) -> list[str]:
        return [item["fulfilmentId"] for item in west("listFulfilmentRequests", **params)["items"]]

    assert ids() == ["FF-1", "FF-2"]
    assert ids(orderId="CO-2") == ["FF-2"]
    assert ids(status="cancelled") == ["FF-1"]
    assert ids(orderId="CO-2", status="cancelled") == []


def test_a_page_goes_on_where_the_one_before_ended(west: Warehouse) -> None:
    for number in range(5):
        west.request(f"FF-{number}", ("1", "SKU-1", "1 EA"))
    first = west("listFulfilmentRequests", orderId="CO-1", limit=3)
    rest = west("listFulfilmentRequests", orderId="CO-1", limit=3, cursor=first["nextCursor"])
    assert [item["fulfilmentId"] for item in first["items"] + rest["items"]] == [f"FF-{number}" for number in range(5)]
    assert rest["nextCursor"] is None
