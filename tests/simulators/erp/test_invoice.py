"""Invoices: what is billed, at which price, and that no cent is lost between parts."""

from decimal import Decimal
from typing import Any

import pytest

from crossdock.contracts.objects import Money, SalesOrderStatus
from crossdock.tests.simulators.erp.conftest import Erp, amount, each


def test_an_invoice_bills_price_tax_and_freight_of_the_order(erp: Erp) -> None:
    erp.stock("20")
    order = erp.shipped_order("10", billed=False)
    invoice = erp.bill(order, "10")
    (line,) = invoice.lines
    told = (line.unit_price, line.net_amount, line.tax_amount, invoice.freight, invoice.totals.gross)
    assert [str(each) for each in told] == ["12.50 USD", "125.00 USD", "10.00 USD", "9.50 USD", "144.50 USD"]
    assert str(invoice.issue_date) == "2026-03-02"
    assert str(invoice.due_date) == "2026-04-01"
    assert [told["invoiceNo"] for told in erp.told("invoice.posted")] == [invoice.invoice_no]
    assert erp.ask("getInvoice", invoiceNo=invoice.invoice_no) == invoice


def test_an_order_closes_when_all_is_shipped_and_billed(erp: Erp) -> None:
    erp.stock("20")
    order = erp.shipped_order("10", billed=False)
    erp.bill(order, "6")
    assert erp.now(order).status is SalesOrderStatus.SHIPPED
    erp.bill(order, "4")
    assert erp.now(order).status is SalesOrderStatus.CLOSED
    assert erp.told("sales-order.changed")[-1]["status"] == "closed"


def test_freight_is_billed_once_on_the_first_invoice(erp: Erp) -> None:
    erp.stock("20")
    order = erp.shipped_order("10", billed=False)
    assert [str(erp.bill(order, "5").freight) for _ in range(2)] == ["9.50 USD", "0.00 USD"]


def test_the_parts_of_a_line_add_up_to_its_tax_to_the_last_cent(erp: Erp) -> None:
    erp.item("SKU-9", amount("0.95"))
    erp.stock("10", "SKU-9")
    body = erp.body("3 SKU-9 east")
    body["lines"][0]["unitPrice"] = amount("0.95")
    order = erp.ask("createSalesOrder", body)
    erp.ship(erp.fulfilments(order)[0])
    parts = [erp.bill(order, "1").lines[0] for _ in range(3)]
    # 8 % of 2.85 is 0.228: 0.23 in all. Each piece rounded for itself would make 0.24.
    assert [str(part.tax_amount.amount) for part in parts] == ["0.08", "0.07", "0.08"]
    assert Money.total((part.tax_amount for part in parts), "USD") == order.lines[0].tax_amount
    assert Money.total((part.net_amount for part in parts), "USD") == order.lines[0].net_amount


def test_the_erp_bills_what_was_ordered_even_when_less_was_shipped(erp: Erp) -> None:
    erp.stock("20")
    order = erp.order("10", policy="shipAvailable")
    erp.ship(erp.fulfilments(order)[0], "6")
    assert str(erp.bill(order, "10").totals.gross) == "144.50 USD"
    assert erp.exposure() == "144.50 USD"


def test_more_than_was_ordered_is_not_billed(erp: Erp) -> None:
    erp.stock("20")
    order = erp.shipped_order("10", billed=False)
    erp.bill(order, "10")
    refusal = erp.refusal("createInvoice", erp.bill_body(order, "1"))
    assert (refusal.code, erp.pointers(refusal)) == ("over-billing", ["/lines/0/quantity"])


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"salesOrderId": "SO-9"}, "unknown-sales-order", "/salesOrderId"),
        ({"lines": [{"lineId": "9", "quantity": each("1")}]}, "unknown-line", "/lines/0/lineId"),
        ({"lines": [{"lineId": "1", "quantity": each("1", "CA")}]}, "unknown-unit", "/lines/0/quantity/uom"),
        ({"lines": [{"lineId": "1", "quantity": each("1")}] * 2}, "invalid-request", "/lines/1/lineId"),
    ],
)
def test_an_invoice_names_what_the_erp_knows(erp: Erp, change: dict[str, Any], code: str, pointer: str) -> None:
    erp.stock("20")
    order = erp.shipped_order("10", billed=False)
    refusal = erp.refusal("createInvoice", erp.bill_body(order, "10") | change)
    assert (refusal.code, erp.pointers(refusal)) == (code, [pointer])


def test_shipments_are_kept_as_they_are_told_for_the_erp_cannot_see_the_warehouse(erp: Erp) -> None:
    erp.stock("20")
    assert erp.bill(erp.order("10"), "10", shipment_id="SHP-9").shipment_ids == ("SHP-9",)


def test_what_is_rejected_held_or_cancelled_is_not_billed(erp: Erp) -> None:
    erp.customer("CUST-2", limit="1.00")
    rejected = erp.order("10", order_id="CO-1", policy="shipAvailable")
    held = erp.order("10", order_id="CO-2", customerNumber="CUST-2")
    cancelled = erp.order("10", order_id="CO-3")
    erp.ask("cancelSalesOrder", salesOrderId=cancelled.sales_order_id)
    for order in (rejected, held, cancelled):
        assert erp.refusal("createInvoice", erp.bill_body(order, "10")).code == "order-state"


def test_invoices_are_found_by_order_and_by_shipment(erp: Erp) -> None:
    erp.stock("40")
    order = erp.order("10", order_id="CO-1")
    (fulfilment,) = erp.fulfilments(order)
    erp.ship(fulfilment, "6", shipment_id="SHP-1", final=False)
    erp.ship(fulfilment, "4", shipment_id="SHP-2")
    both = erp.ask("createInvoice", erp.bill_body(order, "5") | {"shipmentIds": ["SHP-1", "SHP-2"]})
    second = erp.bill(order, "5", shipment_id="SHP-2")
    assert erp.ask("listInvoices", salesOrderId=order.sales_order_id).items == (both, second)
    assert erp.ask("listInvoices", shipmentId="SHP-1").items == (both,)
    assert erp.ask("listInvoices", shipmentId="SHP-2").items == (both, second)
    assert erp.ask("listInvoices", shipmentId="SHP-9").items == ()
    assert erp.now(order).invoice_nos == (both.invoice_no, second.invoice_no)


def test_amounts_stay_exact_far_beyond_what_a_float_can_hold(bare: Erp) -> None:
    bare.customer(limit="999999999999999.00")
    bare.item("SKU-1", amount("99999999.99"))
    bare.stock("999999")
    body = bare.body("999999")
    body["lines"][0]["unitPrice"] = amount("99999999.99")
    order = bare.ask("createSalesOrder", body)
    bare.ship(bare.fulfilments(order)[0])
    assert order.lines[0].net_amount.amount == Decimal("99999899990000.01")
    assert order.lines[0].tax_amount.amount == Decimal("7999991999200.00")
    shares = [bare.bill(order, "333333").lines[0] for _ in range(3)]
    assert Money.total((share.net_amount for share in shares), "USD") == order.lines[0].net_amount
    assert Money.total((share.tax_amount for share in shares), "USD") == order.lines[0].tax_amount
