"""Backorders: what waits for stock gets it in the order in which it was asked for."""

from crossdock.contracts.objects import SalesOrderStatus
from crossdock.tests.simulators.erp.conftest import Erp, each


def test_stock_that_comes_in_goes_to_the_oldest_order_first(erp: Erp) -> None:
    first, second = erp.order("10", order_id="CO-1"), erp.order("10", order_id="CO-2")
    erp.stock("15")
    assert str(erp.line(first).released_quantity) == "10 EA"
    assert str(erp.line(second).released_quantity) == "5 EA"
    assert [request["orderId"] for request in erp.told("fulfilment.released")] == ["CO-1", "CO-2"]
    assert erp.position() == (15, 15, 0)
    erp.stock("5")
    assert str(erp.line(second).backordered_quantity) == "0 EA"
    assert [request["lines"][0]["quantity"]["value"] for request in erp.told("fulfilment.released")] == ["10", "5", "5"]


def test_a_backorder_ships_what_waited_and_not_the_whole_order_again(erp: Erp) -> None:
    erp.stock("6")
    order = erp.order("10")
    erp.stock("100")
    quantities = [request["lines"][0]["quantity"]["value"] for request in erp.told("fulfilment.released")]
    assert quantities == ["6", "4"]
    assert len(set(erp.now(order).fulfilment_ids)) == 2


def test_a_backorder_waits_at_its_warehouse(erp: Erp) -> None:
    order = erp.order("10")
    erp.stock("10", "SKU-1", "west")
    assert erp.now(order).status is SalesOrderStatus.BACKORDERED


def test_an_order_that_ships_complete_waits_for_all_and_blocks_nobody(erp: Erp) -> None:
    complete = erp.order("10", "5 SKU-2 east", order_id="CO-1", policy="shipComplete")
    patient = erp.order("4", order_id="CO-2")
    erp.stock("10")
    assert erp.now(complete).status is SalesOrderStatus.BACKORDERED
    assert erp.now(patient).status is SalesOrderStatus.RELEASED
    erp.stock("4")
    erp.stock("5", "SKU-2")
    assert erp.now(complete).status is SalesOrderStatus.RELEASED
    assert [len(request["lines"]) for request in erp.told("fulfilment.released")] == [1, 2]


def test_what_a_warehouse_did_not_find_waits_for_stock_that_comes_in(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10")
    erp.ship(erp.fulfilments(order)[0], "6")
    assert erp.now(order).status is SalesOrderStatus.PARTIALLY_SHIPPED
    assert str(erp.line(order).backordered_quantity) == "4 EA"
    # The books still show the 4 that nobody found: they are not asked for a second time.
    assert erp.position() == (4, 0, 4)
    assert len(erp.told("fulfilment.released")) == 1
    erp.stock("4")
    assert erp.told("fulfilment.released")[-1]["lines"][0]["quantity"] == each("4")
    erp.ship(erp.fulfilments(order)[1], shipment_id="SHP-2")
    assert erp.now(order).status is SalesOrderStatus.SHIPPED


def test_a_cancelled_order_frees_its_stock_for_those_who_wait(erp: Erp) -> None:
    erp.set(release_after_h=1)
    erp.stock("10")
    first = erp.order("10", order_id="CO-1")
    second = erp.order("8", order_id="CO-2")
    erp.ask("cancelSalesOrder", salesOrderId=first.sales_order_id)
    assert erp.now(second).status is SalesOrderStatus.RELEASED
    assert erp.position() == (10, 8, 2)


def test_returned_goods_go_to_those_who_wait(erp: Erp) -> None:
    erp.stock("10")
    order = erp.shipped_order("10")
    waiting = erp.order("2", order_id="CO-2")
    erp.receive(erp.authorize(order, "3"), "3 good restock")
    assert erp.now(waiting).status is SalesOrderStatus.RELEASED
    assert erp.position() == (3, 2, 1)


def test_an_order_that_gets_its_own_returned_goods_is_told_once_as_it_is_in_the_end(erp: Erp) -> None:
    erp.stock("6")
    order = erp.order("10")
    erp.ship(erp.fulfilments(order)[0])
    before = len(erp.told("sales-order.changed"))
    erp.receive(erp.authorize(order, "2"), "2 good restock")
    (told,) = erp.told("sales-order.changed")[before:]
    line = told["lines"][0]
    assert (line["returnedQuantity"]["value"], line["releasedQuantity"]["value"]) == ("2", "8")
    assert erp.now(order).version == told["version"]


def test_a_cancelled_backorder_takes_nothing_any_more(erp: Erp) -> None:
    order = erp.order("10")
    assert erp.ask("cancelSalesOrder", salesOrderId=order.sales_order_id).status is SalesOrderStatus.CANCELLED
    erp.stock("10")
    assert erp.position() == (10, 0, 10)
    assert erp.told("fulfilment.released") == []
