"""Shipment confirmations: what leaves the books, and what becomes of the rest."""

from typing import Any

import pytest

from crossdock.contracts.objects import FulfilmentStatus, SalesOrderStatus
from crossdock.tests.simulators.erp.conftest import Erp, each


def state(erp: Erp, fulfilment_id: str) -> tuple[str, list[tuple[str, str]]]:
    fulfilment = erp.ask("getFulfilment", fulfilmentId=fulfilment_id)
    lines = [(f"{line.shipped_quantity.value:f}", f"{line.cancelled_quantity.value:f}") for line in fulfilment.lines]
    return fulfilment.status.value, lines


def test_a_whole_shipment_consumes_the_reservation_and_leaves_the_books(erp: Erp) -> None:
    erp.stock("20")
    order = erp.order("10")
    shipment = erp.ship(erp.fulfilments(order)[0])
    assert erp.position() == (10, 0, 10)
    assert state(erp, order.fulfilment_ids[0]) == ("shipped", [("10", "0")])
    assert erp.now(order).status is SalesOrderStatus.SHIPPED
    assert str(erp.line(order).shipped_quantity) == "10 EA"
    assert erp.told("sales-order.changed")[-1]["status"] == "shipped"
    read = erp.ask("getConfirmedShipment", fulfilmentId=order.fulfilment_ids[0], shipmentId="SHP-1")
    assert read == shipment


def test_a_split_shipment_stays_open_until_the_last(erp: Erp) -> None:
    erp.stock("20")
    order = erp.order("10")
    (fulfilment,) = erp.fulfilments(order)
    erp.ship(fulfilment, "6", final=False)
    assert state(erp, fulfilment.fulfilment_id) == ("partiallyShipped", [("6", "0")])
    assert erp.now(order).status is SalesOrderStatus.PARTIALLY_SHIPPED
    assert erp.position() == (14, 4, 10)
    erp.ship(fulfilment, "4", shipment_id="SHP-2")
    assert state(erp, fulfilment.fulfilment_id) == ("shipped", [("10", "0")])
    assert erp.now(order).status is SalesOrderStatus.SHIPPED
    assert erp.position() == (10, 0, 10)


def test_two_partial_shipments_that_are_confirmed_in_the_wrong_order_end_the_same(erp: Erp) -> None:
    erp.stock("20")
    order = erp.order("10")
    (fulfilment,) = erp.fulfilments(order)
    first = erp.shipment(fulfilment, {"1": "6"}, "SHP-1", final=False)
    second = erp.shipment(fulfilment, {"1": "3"}, "SHP-2")
    second["lines"][0]["differenceQuantity"] = each("1")  # 6 + 3 of 10, as the warehouse knows
    for body in (second, first):
        erp.ask("confirmShipment", body, fulfilmentId=fulfilment.fulfilment_id)
    assert state(erp, fulfilment.fulfilment_id) == ("shortClosed", [("9", "1")])
    assert str(erp.line(order).backordered_quantity) == "1 EA"
    assert erp.position() == (11, 0, 11)


@pytest.mark.parametrize(
    ("policy", "backordered", "cancelled", "status"),
    [
        ("allowBackorder", "4 EA", "0 EA", SalesOrderStatus.PARTIALLY_SHIPPED),
        ("shipAvailable", "0 EA", "4 EA", SalesOrderStatus.SHIPPED),
        ("shipComplete", "0 EA", "4 EA", SalesOrderStatus.SHIPPED),
    ],
)
def test_what_a_final_shipment_leaves_open_follows_the_orders_policy(
    erp: Erp, policy: str, backordered: str, cancelled: str, status: SalesOrderStatus
) -> None:
    erp.stock("10")
    order = erp.order("10", policy=policy)
    erp.ship(erp.fulfilments(order)[0], "6")
    line = erp.line(order)
    assert (str(line.backordered_quantity), str(line.cancelled_quantity)) == (backordered, cancelled)
    assert (str(line.confirmed_quantity), str(line.released_quantity)) == ("6 EA", "6 EA")
    assert erp.now(order).status is status
    assert erp.position() == (4, 0, 4)


def test_a_fulfilment_of_which_nothing_is_found_is_closed_short(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10", policy="shipAvailable")
    erp.ship(erp.fulfilments(order)[0], "0")
    assert state(erp, order.fulfilment_ids[0]) == ("shortClosed", [("0", "10")])
    assert erp.now(order).status is SalesOrderStatus.CANCELLED
    assert erp.exposure() == "0.00 USD"


def test_lines_that_a_shipment_does_not_name_stay_as_they_are(erp: Erp) -> None:
    erp.stock("10")
    erp.stock("10", "SKU-2")
    order = erp.order("5", "5 SKU-2 east")
    (fulfilment,) = erp.fulfilments(order)
    body = erp.shipment(fulfilment, {"1": "5"})
    erp.ask("confirmShipment", body, fulfilmentId=fulfilment.fulfilment_id)
    assert state(erp, fulfilment.fulfilment_id) == ("partiallyShipped", [("5", "0"), ("0", "0")])
    assert erp.position("SKU-2") == (10, 5, 5)


def test_the_same_shipment_is_booked_once_whatever_the_key(erp: Erp) -> None:
    erp.stock("20")
    order = erp.order("10")
    (fulfilment,) = erp.fulfilments(order)
    body = erp.shipment(fulfilment, {"1": "10"})
    erp.ask("confirmShipment", body, fulfilmentId=fulfilment.fulfilment_id)
    refusal = erp.refusal("confirmShipment", body, fulfilmentId=fulfilment.fulfilment_id)
    assert (refusal.code, refusal.existing) == ("duplicate-shipment", "SHP-1")
    assert erp.position() == (10, 0, 10)


def test_an_erp_without_that_check_books_a_shipment_as_often_as_it_is_told(erp: Erp) -> None:
    erp.set(shipment_id_unique=False)
    erp.stock("20")
    order = erp.order("10")
    (fulfilment,) = erp.fulfilments(order)
    body = erp.shipment(fulfilment, {"1": "5"}, final=False)
    for _ in range(2):
        erp.ask("confirmShipment", body, fulfilmentId=fulfilment.fulfilment_id)
    assert erp.now(order).status is SalesOrderStatus.SHIPPED
    assert erp.position() == (10, 0, 10)


def test_two_warehouses_may_use_the_same_shipment_id(erp: Erp) -> None:
    erp.stock("10")
    erp.stock("10", "SKU-2", "west")
    order = erp.order("5", "5 SKU-2 west")
    for fulfilment in erp.fulfilments(order):
        erp.ship(fulfilment, shipment_id="SHP-1")
    assert erp.now(order).status is SalesOrderStatus.SHIPPED


def test_more_than_was_asked_for_is_refused(erp: Erp) -> None:
    erp.stock("20")
    order = erp.order("10")
    (fulfilment,) = erp.fulfilments(order)
    erp.ship(fulfilment, "6", final=False)
    body = erp.shipment(erp.fulfilments(order)[0], {"1": "5"}, "SHP-2")
    refusal = erp.refusal("confirmShipment", body, fulfilmentId=fulfilment.fulfilment_id)
    assert (refusal.code, erp.pointers(refusal)) == ("over-delivery", ["/lines/0/shippedQuantity"])


def test_a_tolerance_lets_a_warehouse_ship_a_little_more(erp: Erp) -> None:
    erp.set(over_delivery_percent=10)
    erp.stock("20")
    order = erp.order("10")
    erp.ship(erp.fulfilments(order)[0], "11")
    assert erp.position() == (9, 0, 9)
    assert str(erp.line(order).shipped_quantity) == "11 EA"
    erp.bill(order, "10")
    assert erp.now(order).status is SalesOrderStatus.CLOSED


def _changed(body: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    *way, last = path.split("/")
    place: Any = body
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    return body


@pytest.mark.parametrize(
    ("path", "value", "code", "pointer"),
    [
        ("fulfilmentId", "FF-9", "invalid-request", "/fulfilmentId"),
        ("orderId", "CO-9", "invalid-request", "/orderId"),
        ("warehouseId", "west", "wrong-warehouse", "/warehouseId"),
        ("lines/0/lineId", "9", "unknown-line", "/lines/0/lineId"),
        ("lines/0/sku", "SKU-2", "unknown-line", "/lines/0/sku"),
        ("lines/0/shippedQuantity", each("10", "CA"), "unknown-unit", "/lines/0/shippedQuantity/uom"),
        ("lines/0/shippedQuantity", each("9"), "invalid-request", "/lines/0/shippedQuantity"),
        ("packages/0/items/0/lineId", "9", "unknown-line", "/packages/0/items/0/lineId"),
        ("packages/0/items/0/quantity", each("10", "CA"), "unknown-unit", "/packages/0/items/0/quantity/uom"),
        ("packages/0/sscc", "106141411234567890", "invalid-request", "/packages/0/sscc"),
    ],
)
def test_a_confirmation_that_cannot_be_right_is_refused_with_its_place(
    erp: Erp, path: str, value: Any, code: str, pointer: str
) -> None:
    erp.stock("20")
    (fulfilment,) = erp.fulfilments(erp.order("10"))
    body = _changed(erp.shipment(fulfilment, {"1": "10"}), path, value)
    refusal = erp.refusal("confirmShipment", body, fulfilmentId=fulfilment.fulfilment_id)
    assert (refusal.code, erp.pointers(refusal)[0]) == (code, pointer)


def test_a_fulfilment_that_is_done_takes_no_further_shipment(erp: Erp) -> None:
    erp.stock("20")
    (fulfilment,) = erp.fulfilments(erp.order("10"))
    erp.ship(fulfilment)
    body = erp.shipment(fulfilment, {"1": "1"}, "SHP-2")
    assert erp.refusal("confirmShipment", body, fulfilmentId=fulfilment.fulfilment_id).code == "fulfilment-state"
    missing = body | {"fulfilmentId": "FF-9"}
    assert erp.refusal("confirmShipment", missing, fulfilmentId="FF-9").code == "not-found"


def test_half_a_kilogram_is_a_quantity_like_any_other(bare: Erp) -> None:
    bare.customer()
    bare.item(baseUom="KGM")
    stock = {"warehouseId": "east", "sku": "SKU-1", "kind": "receipt", "quantity": each("2.5", "KGM")}
    bare.ask("postStockMovement", stock)
    body = bare.body()
    body["lines"][0]["quantity"] = each("2.75", "KGM")
    order = bare.ask("createSalesOrder", body)
    assert str(order.lines[0].backordered_quantity) == "0.25 KGM"
    (fulfilment,) = bare.fulfilments(order)
    bare.ship(fulfilment)
    assert bare.ask("getFulfilment", fulfilmentId=fulfilment.fulfilment_id).status is FulfilmentStatus.SHIPPED
    assert str(bare.line(order).net_amount) == "34.38 USD"  # 34.375
