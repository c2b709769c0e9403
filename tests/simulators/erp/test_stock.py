"""The books of the stock: every change is a movement, and nothing is promised twice."""

from decimal import Decimal
from typing import Any

import pytest

from crossdock.contracts.objects import SalesOrderStatus
from crossdock.tests.simulators.erp.conftest import Erp, each


def movement(value: str, kind: str = "receipt", **fields: Any) -> dict[str, Any]:
    return {"warehouseId": "east", "sku": "SKU-1", "kind": kind, "quantity": each(value)} | fields


def test_every_movement_carries_its_number_and_the_resulting_balance(erp: Erp) -> None:
    erp.stock("20")
    erp.stock("-3", kind="adjustment")
    order = erp.order("10")
    erp.ship(erp.fulfilments(order)[0])
    moves = erp.ask("listStockMovements", warehouseId="east", sku="SKU-1").items
    told = [(each.kind.value, str(each.quantity), str(each.balance), each.sequence) for each in moves]
    assert told == [
        ("receipt", "20 EA", "20 EA", 1),
        ("adjustment", "-3 EA", "17 EA", 2),
        ("shipment", "-10 EA", "7 EA", 3),
    ]
    assert moves[2].reference == "SHP-1"


def test_positions_are_announced_when_the_books_move(erp: Erp) -> None:
    erp.stock("20")
    erp.order("5")
    erp.stock("1")
    told = erp.told("inventory.changed")
    assert [(each["onHand"]["value"], each["availableToPromise"]["value"]) for each in told] == [
        ("20", "20"),
        ("21", "16"),
    ]
    assert told[0]["sequence"] < told[1]["sequence"]


def test_positions_are_announced_with_every_reservation_where_the_erp_is_set_so(erp: Erp) -> None:
    erp.set(announce_reservations=True)
    erp.stock("20")
    order = erp.order("5", "2")
    erp.ship(erp.fulfilments(order)[0], "5", "0", final=False)
    told = erp.told("inventory.changed")
    found = [(position["onHand"]["value"], position["availableToPromise"]["value"]) for position in told]
    assert found == [("20", "20"), ("20", "13"), ("15", "13")], "one event a step, and nothing of what is in between"


def test_a_position_exists_once_something_moved(erp: Erp) -> None:
    assert erp.refusal("getStock", warehouseId="east", sku="SKU-1").code == "not-found"
    erp.stock("1")
    erp.stock("-1", kind="adjustment")
    assert erp.position() == (0, 0, 0)


def test_availability_shows_where_an_item_is_to_be_had(erp: Erp) -> None:
    erp.stock("5")
    erp.stock("7", "SKU-2", "west")
    found = erp.ask("getAvailability", sku=["SKU-1", "SKU-2", "SKU-9"]).items
    assert [(each.warehouse_id, each.sku) for each in found] == [("east", "SKU-1"), ("west", "SKU-2")]
    assert erp.ask("getAvailability", sku=["SKU-1"], warehouseId="west").items == ()


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        (movement("1", sku="SKU-9"), "unknown-item", "/sku"),
        (movement("1", warehouseId="north"), "unknown-warehouse", "/warehouseId"),
        (movement("1") | {"quantity": each("1", "CA")}, "unknown-unit", "/quantity/uom"),
        (movement("0"), "invalid-request", "/quantity/value"),
        (movement("-1"), "invalid-request", "/quantity/value"),
        (movement("0", "adjustment"), "invalid-request", "/quantity/value"),
        (movement("-1", "adjustment"), "no-stock", "/quantity"),
    ],
)
def test_a_movement_that_cannot_be_is_refused_with_its_place(
    erp: Erp, body: dict[str, Any], code: str, pointer: str
) -> None:
    refusal = erp.refusal("postStockMovement", body)
    assert (refusal.code, erp.pointers(refusal)) == (code, [pointer])


def test_shipments_and_returns_are_not_booked_by_hand(erp: Erp) -> None:
    for kind in ("shipment", "return"):
        refusal = erp.refusal("postStockMovement", movement("1", kind), strict=False)
        assert (refusal.code, erp.pointers(refusal)) == ("invalid-request", ["/kind"])


def test_a_world_is_seeded_with_an_opening_balance(erp: Erp) -> None:
    erp.ask("postStockMovement", movement("40", "opening"), strict=False)
    assert erp.position() == (40, 0, 40)


def test_scrap_only_takes_away(erp: Erp) -> None:
    erp.stock("40")
    erp.ask("postStockMovement", movement("-2", "scrap"))
    assert erp.position() == (38, 0, 38)
    assert erp.refusal("postStockMovement", movement("2", "scrap")).code == "invalid-request"


def test_the_books_never_outgrow_what_the_contract_can_carry(erp: Erp) -> None:
    erp.stock("999999999")
    assert erp.refusal("postStockMovement", movement("1")).code == "invalid-request"


def test_goods_found_missing_are_taken_from_the_youngest_orders_that_no_warehouse_has(erp: Erp) -> None:
    erp.set(release_after_h=1)
    erp.stock("10")
    released = erp.order("2", order_id="CO-1")
    erp.pass_hours(1)
    older, younger = erp.order("4", order_id="CO-2"), erp.order("4", order_id="CO-3")
    erp.stock("-5", kind="adjustment")
    assert str(erp.line(released).confirmed_quantity) == "2 EA"
    assert str(erp.line(older).confirmed_quantity) == "3 EA"
    assert str(erp.line(older).backordered_quantity) == "1 EA"
    assert erp.now(younger).status is SalesOrderStatus.BACKORDERED
    assert erp.position() == (5, 5, 0)
    erp.stock("2")
    assert str(erp.line(older).backordered_quantity) == "0 EA"
    assert str(erp.line(younger).confirmed_quantity) == "1 EA"


def test_the_layer_is_told_of_each_order_whose_promise_is_taken_back(erp: Erp) -> None:
    erp.set(release_after_h=1)
    erp.stock("10")
    erp.order("6", order_id="CO-1")
    younger = erp.order("4", order_id="CO-2")
    erp.stock("-3", kind="adjustment")
    (told,) = erp.told("sales-order.changed")
    assert told["salesOrderId"] == younger.sales_order_id
    assert told["lines"][0]["backorderedQuantity"] == each("3")


def test_what_a_warehouse_has_stays_promised_whatever_is_counted(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10")
    erp.stock("-4", kind="adjustment")
    assert erp.position() == (6, 10, 0)
    assert str(erp.line(order).confirmed_quantity) == "10 EA"
    waiting = erp.order("1", order_id="CO-2")
    erp.stock("3")
    assert erp.now(waiting).status is SalesOrderStatus.BACKORDERED, "the 4 that are missing come first"
    erp.stock("2")
    assert erp.now(waiting).status is SalesOrderStatus.RELEASED


def test_the_books_are_put_right_when_more_was_shipped_than_they_had(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10")
    erp.stock("-4", kind="adjustment")
    erp.ship(erp.fulfilments(order)[0])
    assert erp.position() == (0, 0, 0)
    moves = erp.ask("listStockMovements", reference="SHP-1").items
    assert [(each.kind.value, each.quantity.value) for each in moves] == [
        ("adjustment", Decimal(4)),
        ("shipment", Decimal(-10)),
    ]
