"""Credit: who is over the limit waits, and what is owed is what is open and what is unpaid."""

from crossdock.contracts.documents import load
from crossdock.contracts.objects import HoldKind, SalesOrderStatus
from crossdock.tests.simulators.erp.conftest import Erp, json

# 10 x 12.50 + 8 % + 9.50 freight
GROSS = "144.50 USD"


def tight(erp: Erp, limit: str) -> Erp:
    erp.customer("CUST-2", limit=limit)
    return erp


def test_an_order_up_to_the_limit_goes_through(erp: Erp) -> None:
    tight(erp, "144.50").stock("20")
    assert erp.order("10", customerNumber="CUST-2").status is SalesOrderStatus.RELEASED
    assert erp.exposure("CUST-2") == GROSS


def test_an_order_over_the_limit_is_held_with_nothing_reserved_or_released(erp: Erp) -> None:
    tight(erp, "144.49").stock("20")
    order = erp.order("10", customerNumber="CUST-2")
    assert order.status is SalesOrderStatus.ON_HOLD
    (hold,) = order.holds
    assert hold.kind is HoldKind.CREDIT
    assert "exposure 0.00 + order 144.50 is over the limit of 144.49 USD" in hold.detail
    assert erp.position() == (20, 0, 20)
    assert erp.told("fulfilment.released") == []
    (acknowledgement,) = erp.told("sales-order.acknowledged")
    assert acknowledgement["status"] == "onHold"
    assert acknowledgement["reasons"][0]["code"] == "creditLimitExceeded"
    assert erp.exposure("CUST-2") == "0.00 USD"


def test_the_contract_shows_a_held_order_as_it_is(erp: Erp) -> None:
    tight(erp, "144.49").stock("6")
    shown = load("erp/v1/openapi.yaml")["components"]["examples"]["salesOrderOnHold"]["value"]["lines"][0]
    held = json(erp.order("10", customerNumber="CUST-2").lines[0])
    assert {**held, "sku": shown["sku"]} == shown


def test_orders_taken_before_count_against_the_limit(erp: Erp) -> None:
    tight(erp, "288.99").stock("50")
    first = erp.order("10", customerNumber="CUST-2", order_id="CO-1")
    assert erp.order("10", customerNumber="CUST-2", order_id="CO-2").status is SalesOrderStatus.ON_HOLD
    erp.ask("cancelSalesOrder", salesOrderId=first.sales_order_id)
    (fulfilment,) = erp.fulfilments(first)
    erp.ask("reportCancellation", {"outcome": "cancelled"}, fulfilmentId=fulfilment.fulfilment_id)
    assert erp.order("10", customerNumber="CUST-2", order_id="CO-3").status is SalesOrderStatus.RELEASED


def test_a_released_hold_promises_what_is_there_by_then(erp: Erp) -> None:
    tight(erp, "100.00").stock("6")
    held = erp.order("10", customerNumber="CUST-2")
    erp.order("2", order_id="CO-2")
    order = erp.ask("releaseHold", salesOrderId=held.sales_order_id)
    assert order.status is SalesOrderStatus.RELEASED
    assert order.holds == ()
    assert (str(order.lines[0].confirmed_quantity), str(order.lines[0].backordered_quantity)) == ("4 EA", "6 EA")
    assert erp.told("fulfilment.released")[-1]["lines"][0]["quantity"]["value"] == "4"
    assert erp.exposure("CUST-2") == GROSS
    erp.stock("6")
    assert str(erp.line(order).released_quantity) == "10 EA"


def test_a_released_hold_of_an_order_that_does_not_wait_is_rejected_when_nothing_is_left(erp: Erp) -> None:
    tight(erp, "100.00")
    held = erp.order("10", customerNumber="CUST-2", policy="shipAvailable")
    order = erp.ask("releaseHold", salesOrderId=held.sales_order_id)
    assert order.status is SalesOrderStatus.REJECTED
    assert [reason.code for reason in order.rejection_reasons] == ["noStock"]


def test_a_held_order_may_keep_its_stock_where_the_erp_is_set_so(erp: Erp) -> None:
    tight(erp, "100.00").stock("6")
    erp.set(reserve_on_hold=True)
    held = erp.order("10", customerNumber="CUST-2")
    assert held.status is SalesOrderStatus.ON_HOLD
    assert erp.position() == (6, 6, 0)
    erp.stock("4")
    assert erp.told("fulfilment.released") == []
    assert str(erp.line(held).confirmed_quantity) == "10 EA"
    order = erp.ask("releaseHold", salesOrderId=held.sales_order_id)
    assert order.status is SalesOrderStatus.RELEASED
    assert [len(each["lines"]) for each in erp.told("fulfilment.released")] == [1, 1]
    assert erp.position() == (10, 10, 0)


def test_a_held_order_can_be_cancelled(erp: Erp) -> None:
    tight(erp, "100.00")
    held = erp.order("10", customerNumber="CUST-2")
    order = erp.ask("cancelSalesOrder", salesOrderId=held.sales_order_id)
    assert order.status is SalesOrderStatus.CANCELLED
    assert order.holds == ()
    assert erp.refusal("releaseHold", salesOrderId=held.sales_order_id).code == "order-state"


def test_a_hold_is_released_once(erp: Erp) -> None:
    tight(erp, "100.00")
    held = erp.order("10", customerNumber="CUST-2")
    assert erp.refusal("releaseHold", salesOrderId=held.sales_order_id, if_match=2).code == "precondition-failed"
    erp.ask("releaseHold", salesOrderId=held.sales_order_id, if_match=1)
    assert erp.refusal("releaseHold", salesOrderId=held.sales_order_id).code == "order-state"


def test_billing_moves_what_is_owed_and_crediting_takes_it_away(erp: Erp) -> None:
    erp.stock("20")
    order = erp.shipped_order("10")
    assert erp.exposure() == GROSS
    rma = erp.receive(erp.authorize(order, "4"), "4 good restock")
    body = {
        "rmaId": rma.rma_id,
        "receiptIds": ["RCP-1"],
        "lines": [{"lineId": "1", "quantity": {"value": "4", "uom": "EA"}}],
    }
    erp.ask("createCreditMemo", body)
    assert erp.exposure() == "90.50 USD"  # less 4 x 12.50 + 8 %
