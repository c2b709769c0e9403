"""Cancellation: at once, or by the warehouse's leave."""

from typing import Any

import pytest

from crossdock.contracts.objects import FulfilmentStatus, SalesOrder, SalesOrderStatus
from crossdock.tests.simulators.erp.conftest import Erp


def cancel(erp: Erp, order: SalesOrder, **how: Any) -> SalesOrder:
    answer = erp.ask("cancelSalesOrder", salesOrderId=order.sales_order_id, **how)
    assert isinstance(answer, SalesOrder)
    return answer


def report(erp: Erp, order: SalesOrder, outcome: str, place: int = 0) -> Any:
    fulfilment_id = order.fulfilment_ids[place]
    return erp.ask("reportCancellation", {"outcome": outcome}, fulfilmentId=fulfilment_id)


def test_while_nothing_is_released_an_order_is_cancelled_at_once(erp: Erp) -> None:
    erp.set(release_after_h=1)
    erp.stock("10")
    order = erp.order("10")
    assert cancel(erp, order).status is SalesOrderStatus.CANCELLED
    assert erp.position() == (10, 0, 10)
    assert erp.exposure() == "0.00 USD"
    erp.pass_hours(2)
    assert erp.told("fulfilment.released") == []
    assert erp.now(order).status is SalesOrderStatus.CANCELLED


def test_once_released_the_warehouse_is_asked(erp: Erp) -> None:
    erp.stock("10")
    order = cancel(erp, erp.order("10"))
    assert order.status is SalesOrderStatus.CANCEL_PENDING
    (asked,) = erp.told("fulfilment.cancel-requested")
    assert (asked["fulfilmentId"], asked["status"]) == (order.fulfilment_ids[0], "cancelRequested")
    assert erp.position() == (10, 10, 0)


def test_what_no_warehouse_has_is_cancelled_while_the_rest_is_asked_for(erp: Erp) -> None:
    erp.stock("6")
    order = cancel(erp, erp.order("10"))
    line = order.lines[0]
    assert (str(line.confirmed_quantity), str(line.cancelled_quantity)) == ("6 EA", "4 EA")
    erp.stock("10")
    assert erp.position() == (16, 6, 10)


def test_a_warehouse_that_lets_go_ends_the_order(erp: Erp) -> None:
    erp.stock("10")
    order = cancel(erp, erp.order("10"))
    fulfilment = report(erp, order, "cancelled")
    assert fulfilment.status is FulfilmentStatus.CANCELLED
    order = erp.now(order)
    assert order.status is SalesOrderStatus.CANCELLED
    assert str(order.lines[0].cancelled_quantity) == "10 EA"
    assert erp.position() == (10, 0, 10)
    assert erp.told("sales-order.changed")[-1]["status"] == "cancelled"


@pytest.mark.parametrize("acknowledged", [False, True])
def test_a_warehouse_that_refuses_takes_the_order_back_to_what_it_was(erp: Erp, acknowledged: bool) -> None:
    erp.stock("10")
    order = erp.order("10")
    if acknowledged:
        said = {"warehouseId": "east", "status": "accepted"}
        erp.ask("acknowledgeFulfilment", said, fulfilmentId=order.fulfilment_ids[0])
    cancel(erp, order)
    fulfilment = report(erp, order, "refused")
    assert fulfilment.status is (FulfilmentStatus.ACCEPTED if acknowledged else FulfilmentStatus.RELEASED)
    assert erp.now(order).status is SalesOrderStatus.RELEASED
    assert erp.position() == (10, 10, 0)
    erp.ship(fulfilment)
    assert erp.now(order).status is SalesOrderStatus.SHIPPED


def test_with_two_warehouses_the_order_waits_for_both(erp: Erp) -> None:
    erp.stock("5")
    erp.stock("5", "SKU-2", "west")
    order = cancel(erp, erp.order("5", "5 SKU-2 west"))
    report(erp, order, "cancelled", 0)
    assert erp.now(order).status is SalesOrderStatus.CANCEL_PENDING
    report(erp, order, "refused", 1)
    order = erp.now(order)
    assert order.status is SalesOrderStatus.RELEASED
    assert [str(line.cancelled_quantity) for line in order.lines] == ["5 EA", "0 EA"]


def test_a_shipment_that_is_confirmed_meanwhile_wins(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10")
    (fulfilment,) = erp.fulfilments(order)
    cancel(erp, order)
    erp.ship(fulfilment)
    assert erp.now(order).status is SalesOrderStatus.SHIPPED
    assert erp.position() == (0, 0, 0)
    assert report(erp, order, "refused").status is FulfilmentStatus.SHIPPED
    body = {"outcome": "cancelled"}
    assert erp.refusal("reportCancellation", body, fulfilmentId=order.fulfilment_ids[0]).code == "fulfilment-state"
    assert erp.now(order).status is SalesOrderStatus.SHIPPED


def test_what_a_shipment_leaves_of_a_cancelled_order_is_cancelled_and_does_not_wait(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10")
    cancel(erp, order)
    erp.ship(erp.fulfilments(order)[0], "6")
    assert erp.now(order).status is SalesOrderStatus.SHIPPED
    assert str(erp.line(order).cancelled_quantity) == "4 EA"


def test_after_a_refusal_the_rest_of_a_short_shipment_waits_again(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10")
    cancel(erp, order)
    report(erp, order, "refused")
    erp.ship(erp.fulfilments(order)[0], "6")
    assert str(erp.line(order).backordered_quantity) == "4 EA"


def test_cancelling_again_changes_nothing(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10")
    pending = cancel(erp, order)
    assert cancel(erp, order) == pending
    report(erp, order, "cancelled")
    cancelled = erp.now(order)
    assert cancel(erp, order) == cancelled
    assert len(erp.told("fulfilment.cancel-requested")) == 1


def test_the_same_report_again_frees_nothing_twice(erp: Erp) -> None:
    erp.stock("10")
    order = cancel(erp, erp.order("10"))
    first = report(erp, order, "cancelled")
    assert report(erp, order, "cancelled") == first
    assert erp.position() == (10, 0, 10)
    body = {"outcome": "refused"}
    assert erp.refusal("reportCancellation", body, fulfilmentId=order.fulfilment_ids[0]).code == "fulfilment-state"


def test_nobody_may_cancel_what_no_one_asked_to_stop(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10")
    body = {"outcome": "cancelled"}
    assert erp.refusal("reportCancellation", body, fulfilmentId=order.fulfilment_ids[0]).code == "fulfilment-state"


def test_what_was_shipped_or_rejected_cannot_be_cancelled(erp: Erp) -> None:
    erp.stock("20")
    partly = erp.order("10", order_id="CO-1")
    erp.ship(erp.fulfilments(partly)[0], "6", final=False)
    whole = erp.order("10", order_id="CO-2")
    erp.ship(erp.fulfilments(whole)[0])
    rejected = erp.order("1", order_id="CO-3", policy="shipAvailable")
    for order in (partly, whole, rejected):
        assert erp.refusal("cancelSalesOrder", salesOrderId=order.sales_order_id).code == "not-cancellable"


def test_a_cancelled_fulfilment_ships_nothing(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10")
    (fulfilment,) = erp.fulfilments(order)
    cancel(erp, order)
    report(erp, order, "cancelled")
    body = erp.shipment(fulfilment, {"1": "10"})
    assert erp.refusal("confirmShipment", body, fulfilmentId=fulfilment.fulfilment_id).code == "fulfilment-state"


def test_a_stale_version_is_refused(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10")
    cancel(erp, order, if_match=order.version)
    assert erp.refusal("cancelSalesOrder", salesOrderId=order.sales_order_id, if_match=1).code == "precondition-failed"


def test_partial_shipment_and_cancelled_rest_do_not_free_what_is_gone(erp: Erp) -> None:
    erp.stock("10")
    order = erp.order("10", policy="shipAvailable")
    erp.ship(erp.fulfilments(order)[0], "6")
    line = erp.line(order)
    assert (str(line.shipped_quantity), str(line.cancelled_quantity)) == ("6 EA", "4 EA")
    assert erp.position() == (4, 0, 4)
    assert erp.refusal("cancelSalesOrder", salesOrderId=order.sales_order_id).code == "not-cancellable"
    assert erp.position() == (4, 0, 4)
