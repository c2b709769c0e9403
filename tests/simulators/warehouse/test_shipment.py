"""What leaves the warehouse: whole, split, short, or more than was asked for."""

from decimal import Decimal
from typing import Any

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.warehouse.conftest import Warehouse


def plan(*shipments: dict[str, int]) -> tuple[dict[str, Decimal], ...]:
    return tuple({line: Decimal(value) for line, value in shipment.items()} for shipment in shipments)


def lines(shipment: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """(lineId, shipped, difference, lineStatus) of each line told."""
    return [
        (line["lineId"], line["shippedQuantity"]["value"], line["differenceQuantity"]["value"], line["lineStatus"])
        for line in shipment["lines"]
    ]


def test_a_request_goes_out_whole_when_all_is_there(west: Warehouse) -> None:
    west.request()
    west.pass_hours(100)
    (shipment,) = west.shipments()
    assert lines(shipment) == [("1", "10", "0", "complete")]
    assert shipment["final"]
    assert shipment["shippedAt"] == "2026-03-02T11:00:00Z"
    assert west("getShipment", shipmentId=shipment["shipmentId"]) == shipment
    assert west.told("shipment.shipped") == [shipment]
    assert west("getFulfilmentRequest", fulfilmentId="FF-1")["shipmentIds"] == [shipment["shipmentId"]]


def test_a_split_tells_what_comes_later_and_ends_complete(west: Warehouse) -> None:
    west.handle("CO-1", shipments=plan({"1": 6}, {"1": 4}))
    west.request()
    west.pass_hours(4)
    assert west.status() == "partiallyShipped"
    west.pass_hours(100)
    first, second = west.shipments()
    assert (lines(first), first["final"]) == ([("1", "6", "4", "partial")], False)
    assert (lines(second), second["final"]) == ([("1", "4", "0", "complete")], True)
    assert west.status() == "shipped"


def test_a_short_ship_closes_the_rest_and_frees_it(west: Warehouse) -> None:
    west.handle("CO-1", shipments=plan({"1": 7}))
    west.request()
    west.pass_hours(100)
    (shipment,) = west.shipments()
    assert lines(shipment) == [("1", "7", "3", "shortClosed")]
    fulfilment = west("getFulfilmentRequest", fulfilmentId="FF-1")
    assert fulfilment["status"] == "shortClosed"
    assert fulfilment["lines"][0]["cancelledQuantity"]["value"] == "3"
    assert west.stock() == {"onHand": 93, "available": 93, "allocated": 0, "onHold": 0, "damaged": 0}


def test_an_empty_last_shipment_closes_a_line_without_a_package(west: Warehouse) -> None:
    west.handle("CO-1", shipments=plan({"1": 6}, {}))
    west.request()
    west.pass_hours(100)
    first, last = west.shipments()
    assert lines(first) == [("1", "6", "4", "partial")]
    assert (lines(last), last["packages"], last["final"]) == ([("1", "0", "4", "shortClosed")], [], True)


def test_a_shipment_names_only_the_lines_that_it_touches_or_closes(west: Warehouse) -> None:
    west.receive("SKU-2", 100)
    west.handle("CO-1", shipments=plan({"1": 10}, {"2": 3}))
    west.request("FF-1", ("1", "SKU-1", "10 EA"), ("2", "SKU-2", "5 EA"))
    west.pass_hours(100)
    first, last = west.shipments()
    assert lines(first) == [("1", "10", "0", "complete")]
    assert lines(last) == [("2", "3", "2", "shortClosed")]


def test_what_is_not_on_the_shelf_is_never_shipped(west: Warehouse) -> None:
    west.receive("SKU-2", 3)
    west.handle("CO-1", shipments=plan({"1": 10}))
    west.request("FF-1", ("1", "SKU-2", "10 EA"))
    west.pass_hours(100)
    assert lines(west.shipments()[0]) == [("1", "3", "7", "shortClosed")]


def test_a_warehouse_with_nothing_on_the_shelf_closes_the_request_empty(west: Warehouse) -> None:
    west.receive("SKU-2", 0)
    west.request("FF-1", ("1", "SKU-2", "10 EA"))
    west.pass_hours(100)
    (shipment,) = west.shipments()
    assert (lines(shipment), shipment["packages"]) == ([("1", "0", "10", "shortClosed")], [])
    assert west.status() == "shortClosed"


def test_staff_may_ship_more_than_was_asked_for(west: Warehouse) -> None:
    west.handle("CO-1", shipments=plan({"1": 12}))
    west.request()
    west.pass_hours(100)
    (shipment,) = west.shipments()
    assert lines(shipment) == [("1", "12", "-2", "over")]
    assert west.stock()["onHand"] == 88


def test_a_case_is_shipped_whole_and_leaves_its_pieces_on_no_shelf(west: Warehouse) -> None:
    west.receive("SKU-2", 30, packs={"CA": Decimal(12)})
    west.request("FF-1", ("1", "SKU-2", "3 CA"))
    west.pass_hours(100)
    (shipment,) = west.shipments()
    assert lines(shipment) == [("1", "2", "1", "shortClosed")]
    assert shipment["lines"][0]["shippedQuantity"]["uom"] == "CA"
    assert west.stock("SKU-2")["onHand"] == 6


def test_a_broken_unit_may_be_shipped_in_parts(west: Warehouse) -> None:
    west.receive("SKU-2", "2.5", "KGM")
    west.request("FF-1", ("1", "SKU-2", "3.25 KGM"))
    west.pass_hours(100)
    assert lines(west.shipments()[0]) == [("1", "2.5", "0.75", "shortClosed")]


def test_express_goes_by_another_carrier(west: Warehouse) -> None:
    west.request("FF-1")
    west.request("FF-2", serviceLevel="express")
    west.pass_hours(100)
    carriers = [west.shipments(name)[0]["carrier"]["scac"] for name in ("FF-1", "FF-2")]
    assert carriers == ["UPSN", "FDEG"]


def test_each_item_that_left_is_announced_once_with_its_new_balance(west: Warehouse) -> None:
    before = len(west.told("inventory.changed"))
    west.request("FF-1", ("1", "SKU-1", "10 EA"), ("2", "SKU-1", "5 EA"))
    west.pass_hours(100)
    changes = west.told("inventory.changed")[before:]
    assert [(change["sku"], change["onHand"]["value"]) for change in changes] == [("SKU-1", "85")]


def test_an_unknown_shipment_is_not_found(west: Warehouse) -> None:
    assert refusal_of(lambda: west("getShipment", shipmentId="SHP-9")).code == "not-found"
