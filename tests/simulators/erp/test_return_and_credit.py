"""Returns: what may come back, what came, what is restocked, what is paid back."""

from typing import Any

import pytest

from crossdock.contracts.objects import Money, ReturnAuthorization, ReturnStatus
from crossdock.tests.simulators.erp.conftest import Erp, amount, each


@pytest.fixture
def sold(erp: Erp) -> Erp:
    """Ten SKU-1 were sold, shipped and billed as CO-1."""
    erp.stock("10")
    erp.shipped_order("10")
    return erp


def order_of(erp: Erp) -> Any:
    (order,) = erp.ask("listSalesOrders", externalReference="CO-1").items
    return order


def credit(erp: Erp, rma: ReturnAuthorization, value: str, *receipts: str) -> Any:
    return erp.ask("createCreditMemo", credit_body(rma, value, *receipts))


def credit_body(rma: ReturnAuthorization, value: str, *receipts: str) -> dict[str, Any]:
    lines = [{"lineId": "1", "quantity": each(value)}]
    return {"rmaId": rma.rma_id, "receiptIds": list(receipts) or ["RCP-1"], "lines": lines}


def test_an_authorization_says_what_may_come_back_and_where(sold: Erp) -> None:
    rma = sold.authorize(order_of(sold), "4")
    assert (rma.status, rma.warehouse_id, rma.order_id) == (ReturnStatus.AUTHORIZED, "east", "CO-1")
    assert [told["rmaId"] for told in sold.told("return.authorized")] == [rma.rma_id]


def test_no_more_comes_back_than_was_shipped(sold: Erp) -> None:
    order = order_of(sold)
    body = {"salesOrderId": order.sales_order_id, "reason": "x", "lines": [{"lineId": "1", "quantity": each("11")}]}
    refusal = sold.refusal("createReturn", body)
    assert (refusal.code, sold.pointers(refusal)) == ("over-return", ["/lines/0/quantity"])


def test_a_second_return_gets_only_what_the_first_left(sold: Erp) -> None:
    order = order_of(sold)
    sold.authorize(order, "6")
    body = {"salesOrderId": order.sales_order_id, "reason": "x", "lines": [{"lineId": "1", "quantity": each("5")}]}
    assert sold.refusal("createReturn", body).code == "over-return"
    sold.authorize(order, "4")


def test_what_was_not_shipped_cannot_come_back(erp: Erp) -> None:
    order = erp.order("10")
    body = {"salesOrderId": order.sales_order_id, "reason": "x", "lines": [{"lineId": "1", "quantity": each("1")}]}
    assert erp.refusal("createReturn", body).code == "over-return"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"salesOrderId": "SO-9"}, "unknown-sales-order"),
        ({"warehouseId": "north"}, "unknown-warehouse"),
        ({"lines": [{"lineId": "9", "quantity": each("1")}]}, "unknown-line"),
        ({"lines": [{"lineId": "1", "quantity": each("1", "CA")}]}, "unknown-unit"),
    ],
)
def test_a_return_names_what_the_erp_knows(sold: Erp, change: dict[str, Any], code: str) -> None:
    body = {
        "salesOrderId": order_of(sold).sales_order_id,
        "reason": "x",
        "lines": [{"lineId": "1", "quantity": each("1")}],
    }
    assert sold.refusal("createReturn", body | change).code == code


def test_only_restocked_goods_can_be_sold_again(sold: Erp) -> None:
    rma = sold.authorize(order_of(sold), "6")
    rma = sold.receive(rma, "2 good restock", "1 damaged scrap", "3 defective quarantine")
    assert rma.status is ReturnStatus.RECEIVED
    assert sold.position() == (2, 0, 2)
    moves = sold.ask("listStockMovements", reference="RCP-1").items
    assert [(move.kind.value, str(move.quantity)) for move in moves] == [("return", "2 EA")]
    assert str(sold.line(order_of(sold)).returned_quantity) == "6 EA"
    assert sold.ask("getReturnReceipt", rmaId=rma.rma_id, receiptId="RCP-1").lines[1].disposition == "scrap"


def test_goods_may_come_in_parts_and_in_greater_number_than_was_authorized(sold: Erp) -> None:
    rma = sold.authorize(order_of(sold), "4")
    assert sold.receive(rma, "3 good restock").status is ReturnStatus.PARTIALLY_RECEIVED
    rma = sold.receive(rma, "3 good restock", receipt_id="RCP-2")
    assert rma.status is ReturnStatus.RECEIVED
    assert str(rma.lines[0].received_quantity) == "6 EA"
    assert sold.position() == (6, 0, 6)


def test_a_receipt_is_booked_once(sold: Erp) -> None:
    rma = sold.authorize(order_of(sold), "4")
    body = sold.receipt(rma, "1 good restock")
    sold.ask("receiveReturn", body, rmaId=rma.rma_id)
    refusal = sold.refusal("receiveReturn", body, rmaId=rma.rma_id)
    assert (refusal.code, refusal.existing) == ("already-exists", "RCP-1")
    assert sold.position() == (1, 0, 1)


def test_after_all_has_come_nothing_more_is_taken(sold: Erp) -> None:
    rma = sold.receive(sold.authorize(order_of(sold), "1"), "1 good restock")
    body = sold.receipt(rma, "1 good restock", receipt_id="RCP-2")
    assert sold.refusal("receiveReturn", body, rmaId=rma.rma_id).code == "return-state"


def test_a_final_receipt_gives_up_what_did_not_come(sold: Erp) -> None:
    rma = sold.receive(sold.authorize(order_of(sold), "4"), "3 good restock", final=True)
    assert rma.status is ReturnStatus.RECEIVED
    body = sold.receipt(rma, "1 good restock", receipt_id="RCP-2")
    assert sold.refusal("receiveReturn", body, rmaId=rma.rma_id).code == "return-state"
    credit(sold, rma, "3")
    assert sold.ask("getReturn", rmaId=rma.rma_id).status is ReturnStatus.CREDITED


def test_what_was_given_up_may_come_back_in_another_return_and_no_more(sold: Erp) -> None:
    order = order_of(sold)
    sold.receive(sold.authorize(order, "10"), "3 good restock", final=True)
    body = {"salesOrderId": order.sales_order_id, "reason": "x", "lines": [{"lineId": "1", "quantity": each("8")}]}
    assert sold.refusal("createReturn", body).code == "over-return"
    sold.authorize(order, "7")


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"rmaId": "RMA-9"}, "invalid-request", "/rmaId"),
        ({"orderId": "CO-9"}, "invalid-request", "/orderId"),
        ({"warehouseId": "north"}, "unknown-warehouse", "/warehouseId"),
        ({"lines": {"lineId": "9"}}, "unknown-line", "/lines/0/lineId"),
        ({"lines": {"sku": "SKU-2"}}, "unknown-line", "/lines/0/sku"),
        ({"lines": {"sku": "SKU-9", "condition": "wrongItem"}}, "unknown-line", "/lines/0/sku"),
        ({"lines": {"quantity": each("1", "CA")}}, "unknown-unit", "/lines/0/quantity/uom"),
    ],
)
def test_a_receipt_that_does_not_fit_its_return_is_refused(
    sold: Erp, change: dict[str, Any], code: str, pointer: str
) -> None:
    rma = sold.authorize(order_of(sold), "4")
    body = sold.receipt(rma, "1 good restock")
    if "lines" in change:
        body["lines"][0] |= change["lines"]
    else:
        body |= change
    refusal = sold.refusal("receiveReturn", body, rmaId=rma.rma_id)
    assert (refusal.code, sold.pointers(refusal)) == (code, [pointer])


def test_a_wrong_item_in_the_box_counts_as_stock_of_its_own_and_not_as_the_return(sold: Erp) -> None:
    rma = sold.authorize(order_of(sold), "2")
    body = sold.receipt(rma, "1 wrongItem restock")
    body["lines"][0]["sku"] = "SKU-2"
    sold.ask("receiveReturn", body, rmaId=rma.rma_id)
    rma = sold.ask("getReturn", rmaId=rma.rma_id)
    assert (rma.status, str(rma.lines[0].received_quantity)) == (ReturnStatus.PARTIALLY_RECEIVED, "0 EA")
    assert sold.position("SKU-2") == (1, 0, 1)
    assert sold.refusal("createCreditMemo", credit_body(rma, "1")).code == "over-credit"


def test_a_credit_pays_back_price_and_tax_without_freight(sold: Erp) -> None:
    rma = sold.receive(sold.authorize(order_of(sold), "4"), "4 good restock")
    memo = credit(sold, rma, "4")
    told = (memo.totals.net, memo.totals.freight, memo.totals.tax, memo.totals.gross)
    assert [str(each) for each in told] == ["50.00 USD", "0.00 USD", "4.00 USD", "54.00 USD"]
    assert [told["creditMemoNo"] for told in sold.told("credit-memo.posted")] == [memo.credit_memo_no]
    assert sold.ask("getCreditMemo", creditMemoNo=memo.credit_memo_no) == memo
    rma = sold.ask("getReturn", rmaId=rma.rma_id)
    assert (rma.status, rma.credit_memo_nos) == (ReturnStatus.CREDITED, (memo.credit_memo_no,))


@pytest.mark.parametrize(
    ("came", "most"),
    [
        (("2 good restock",), "2"),
        (("3 good restock", "1 damaged scrap"), "3"),
        (("2 good restock", "1 defective quarantine"), "3"),
        (("6 good restock",), "4"),
    ],
)
def test_what_is_accepted_back_is_credited_up_to_what_was_authorized(
    sold: Erp, came: tuple[str, ...], most: str
) -> None:
    rma = sold.receive(sold.authorize(order_of(sold), "4"), *came)
    refusal = sold.refusal("createCreditMemo", credit_body(rma, f"{most}.001"))
    assert (refusal.code, sold.pointers(refusal)) == ("over-credit", ["/lines/0/quantity"])
    credit(sold, rma, most)
    assert sold.refusal("createCreditMemo", credit_body(rma, "0.001")).code == "over-credit"


def test_what_was_not_billed_is_not_paid_back(erp: Erp) -> None:
    erp.stock("10")
    order = erp.shipped_order("10", billed=False)
    erp.bill(order, "3")
    rma = erp.receive(erp.authorize(order, "5"), "5 good restock")
    assert erp.refusal("createCreditMemo", credit_body(rma, "4")).code == "over-credit"
    credit(erp, rma, "3")


def test_a_receipt_is_credited_once_and_the_next_one_for_itself(sold: Erp) -> None:
    rma = sold.authorize(order_of(sold), "5")
    sold.receive(rma, "3 good restock", receipt_id="RCP-1")
    credit(sold, rma, "3", "RCP-1")
    rma = sold.receive(rma, "2 good restock", receipt_id="RCP-2")
    assert sold.refusal("createCreditMemo", credit_body(rma, "2", "RCP-1")).code == "over-credit"
    credit(sold, rma, "2", "RCP-2")
    assert sold.ask("getReturn", rmaId=rma.rma_id).status is ReturnStatus.CREDITED


def test_credits_of_several_returns_add_up_to_what_was_billed_to_the_last_cent(erp: Erp) -> None:
    erp.item("SKU-9", amount("0.95"))
    erp.stock("3", "SKU-9")
    body = erp.body("3 SKU-9 east")
    body["lines"][0]["unitPrice"] = amount("0.95")
    order = erp.ask("createSalesOrder", body)
    erp.ship(erp.fulfilments(order)[0])
    erp.bill(order, "3")
    memos = []
    for number in range(3):
        rma = erp.receive(erp.authorize(order, "1"), "1 good scrap", receipt_id=f"RCP-{number}")
        memos.append(credit(erp, rma, "1", f"RCP-{number}"))
    assert str(Money.total((memo.totals.tax for memo in memos), "USD")) == "0.23 USD"
    assert erp.exposure() == "9.50 USD"


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"rmaId": "RMA-9"}, "unknown-return", "/rmaId"),
        ({"receiptIds": ["RCP-9"]}, "unknown-return", "/receiptIds/0"),
        ({"lines": [{"lineId": "9", "quantity": each("1")}]}, "unknown-line", "/lines/0/lineId"),
        ({"lines": [{"lineId": "1", "quantity": each("1", "CA")}]}, "unknown-unit", "/lines/0/quantity/uom"),
    ],
)
def test_a_credit_names_what_the_erp_knows(sold: Erp, change: dict[str, Any], code: str, pointer: str) -> None:
    rma = sold.receive(sold.authorize(order_of(sold), "4"), "4 good restock")
    refusal = sold.refusal("createCreditMemo", credit_body(rma, "1") | change)
    assert (refusal.code, sold.pointers(refusal)) == (code, [pointer])


def test_nothing_is_credited_before_something_came(sold: Erp) -> None:
    rma = sold.authorize(order_of(sold), "4")
    assert sold.refusal("createCreditMemo", credit_body(rma, "1")).code == "unknown-return"


def test_returns_and_credits_are_found_by_order_request_and_return(sold: Erp) -> None:
    order = order_of(sold)
    body = {
        "salesOrderId": order.sales_order_id,
        "returnRequestId": "RR-1",
        "reason": "x",
        "lines": [{"lineId": "1", "quantity": each("1")}],
    }
    asked = sold.ask("createReturn", body)
    plain = sold.authorize(order, "1")
    assert sold.ask("listReturns", returnRequestId="RR-1").items == (asked,)
    assert sold.ask("listReturns", salesOrderId=order.sales_order_id).items == (asked, plain)
    assert sold.ask("listReturns", status="received").items == ()
    memo = credit(sold, sold.receive(plain, "1 good restock"), "1")
    assert sold.ask("listCreditMemos", salesOrderId=order.sales_order_id).items == (memo,)
    assert sold.ask("listCreditMemos", rmaId=plain.rma_id).items == (memo,)
    assert sold.ask("listCreditMemos", rmaId=asked.rma_id).items == ()
    assert sold.ask("listCreditMemos").items == (memo,)
