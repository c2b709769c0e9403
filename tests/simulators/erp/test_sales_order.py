"""Taking an order: what is wrong with it, what the business has against it, what it is promised."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from crossdock.contracts.documents import load
from crossdock.contracts.objects import Customer, Item, Money, SalesOrderStatus
from crossdock.simulators.erp.instructions import Instructions
from crossdock.simulators.erp.order_entry import SalesOrderRequest, SalesOrderRequestLine
from crossdock.simulators.erp.pricing import PriceAgreement
from crossdock.tests.simulators.erp.conftest import ADA, Erp, amount, each


def quantities(line: Any) -> tuple[str, ...]:
    """Confirmed, backordered, cancelled, released."""
    names = ("confirmed", "backordered", "cancelled", "released")
    return tuple(f"{getattr(line, f'{name}_quantity').value:f}" for name in names)


def test_an_order_for_goods_on_hand_is_accepted_reserved_and_released_at_once(erp: Erp) -> None:
    erp.stock("20")
    order = erp.order("10")
    assert order.status is SalesOrderStatus.RELEASED
    assert quantities(order.lines[0]) == ("10", "0", "0", "10")
    assert erp.position() == (20, 10, 10)
    (fulfilment,) = erp.fulfilments(order)
    assert fulfilment.fulfilment_id in order.fulfilment_ids
    assert fulfilment.warehouse_id == "east"


def test_what_is_on_file_for_the_packers_of_a_customer_is_released_with_its_goods(erp: Erp) -> None:
    erp.stock("20")
    erp.order("1")
    number = next(iter(erp.party.state.table(Customer)))
    erp.party.write("instructions", {number: Instructions(text="Ring twice")})
    erp.order("1")
    assert [request.get("instructions") for request in erp.told("fulfilment.released")] == [None, "Ring twice"]


def test_an_order_is_acknowledged_and_then_released_under_the_crms_order_id(erp: Erp) -> None:
    erp.stock("20")
    order = erp.order("10", order_id="CO-7")
    kinds = [event["type"] for event in erp.events if event["subject"] not in ("SKU-1", "SKU-2", "east/SKU-1")]
    assert kinds == ["crossdock.sales-order.acknowledged.v1", "crossdock.fulfilment.released.v1"]
    (acknowledgement,) = erp.told("sales-order.acknowledged")
    assert acknowledgement["orderId"] == "CO-7"
    assert acknowledgement["status"] == "accepted"
    (request,) = erp.told("fulfilment.released")
    assert (request["orderId"], request["salesOrderId"], request["revision"]) == ("CO-7", order.sales_order_id, 1)
    assert erp.world.lineage.order_of(order.sales_order_id) == "CO-7"


def test_with_a_release_run_the_order_is_accepted_first_and_released_later(erp: Erp) -> None:
    erp.set(release_after_h=2)
    erp.stock("20")
    order = erp.order("10")
    assert order.status is SalesOrderStatus.ACCEPTED
    assert quantities(order.lines[0]) == ("10", "0", "0", "0")
    assert erp.told("fulfilment.released") == []
    erp.pass_hours(2)
    assert erp.now(order).status is SalesOrderStatus.RELEASED
    assert len(erp.told("fulfilment.released")) == 1
    assert erp.told("sales-order.changed")[-1]["status"] == "released"


def test_amounts_are_rounded_half_up_per_line_and_totals_are_their_sums(erp: Erp) -> None:
    erp.item("SKU-9", amount("0.95"))
    erp.stock("10", "SKU-9")
    body = erp.body("1 SKU-9 east", "1 SKU-9 east")
    for line in body["lines"]:
        line["unitPrice"] = amount("0.95")
    order = erp.ask("createSalesOrder", body)
    # 8 % of 0.95 is 0.076, 0.08 on each line; on the sum it would be 0.15.
    assert [str(line.tax_amount) for line in order.lines] == ["0.08 USD", "0.08 USD"]
    totals = order.totals
    assert [str(part) for part in (totals.net, totals.freight, totals.tax, totals.gross)] == [
        "1.90 USD",
        "9.50 USD",
        "0.16 USD",
        "11.56 USD",
    ]


@pytest.mark.parametrize(
    ("ship_to", "category", "exempt", "rate"),
    [
        ({"country": "US", "region": "NY"}, "standard", False, "8"),
        ({"country": "US", "region": "NY"}, "reduced", False, "4"),
        ({"country": "US", "region": "NY"}, "exempt", False, "0"),
        ({"country": "US", "region": "NY"}, "standard", True, "0"),
        ({"country": "US", "region": "MT"}, "standard", False, "6"),
        ({"country": "DE"}, "standard", False, "19"),
        ({"country": "AQ"}, "standard", False, "0"),
    ],
)
def test_tax_depends_on_where_goods_go_what_they_are_and_who_buys(
    bare: Erp, ship_to: dict[str, str], category: str, exempt: bool, rate: str
) -> None:
    bare.customer(taxExempt=exempt)
    bare.item(taxCategory=category)
    address = {key: value for key, value in ADA.items() if key != "region"} | ship_to
    order = bare.order("10", shipTo=address)
    assert order.lines[0].tax_rate == Decimal(rate)
    assert order.lines[0].tax_amount == Money.of("125.00", "USD").percent(Decimal(rate))


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"customerNumber": "CUST-9"}, "unknown-customer", "/customerNumber"),
        ({"currency": "EUR"}, "currency-mismatch", "/currency"),
        ({"freight": amount("9.50", "EUR")}, "currency-mismatch", "/freight/currency"),
        ({"freight": amount("9.5")}, "invalid-request", "/freight/amount"),
    ],
)
def test_an_order_that_is_wrong_in_its_head_is_refused(
    erp: Erp, change: dict[str, Any], code: str, pointer: str
) -> None:
    refusal = erp.refusal("createSalesOrder", erp.body() | change)
    assert (refusal.code, erp.pointers(refusal)) == (code, [pointer])


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"sku": "SKU-9"}, "unknown-item", "sku"),
        ({"quantity": each("1", "CA")}, "unknown-unit", "quantity/uom"),
        ({"warehouseId": "north"}, "unknown-warehouse", "warehouseId"),
        ({"lineId": "1"}, "invalid-request", "lineId"),
        ({"unitPrice": amount("12.50", "EUR")}, "currency-mismatch", "unitPrice/currency"),
        ({"unitPrice": amount("12.5")}, "invalid-request", "unitPrice/amount"),
    ],
)
def test_an_order_that_is_wrong_in_a_line_is_refused_with_the_place(
    erp: Erp, change: dict[str, Any], code: str, field: str
) -> None:
    body = erp.body("1", "2", "3")
    body["lines"][1] |= change
    refusal = erp.refusal("createSalesOrder", body)
    assert (refusal.code, erp.pointers(refusal)) == (code, [f"/lines/1/{field}"])


def test_all_unknown_items_are_named_at_once(erp: Erp) -> None:
    refusal = erp.refusal("createSalesOrder", erp.body("1 A east", "1", "1 B east"))
    assert erp.pointers(refusal) == ["/lines/0/sku", "/lines/2/sku"]


def test_a_case_is_refused_with_the_number_of_pieces_that_it_holds(bare: Erp) -> None:
    bare.customer()
    bare.item(packs=[{"uom": "CA", "quantityPerBase": each("12")}])
    body = bare.body()
    body["lines"][0]["quantity"] = each("2", "CA")
    assert "2 CA are 24 EA" in bare.refusal("createSalesOrder", body).detail


def test_another_price_than_the_list_price_rejects_the_order_with_both_prices(erp: Erp) -> None:
    erp.stock("20")
    body = erp.body("10", "5")
    body["lines"][1]["unitPrice"] = amount("12.49")
    order = erp.ask("createSalesOrder", body)
    assert order.status is SalesOrderStatus.REJECTED
    (reason,) = order.rejection_reasons
    assert (reason.code, reason.line_id) == ("priceMismatch", "2")
    assert "12.50 USD" in reason.detail
    assert "12.49 USD" in reason.detail
    assert [quantities(line) for line in order.lines] == [("0", "0", "10", "0"), ("0", "0", "5", "0")]
    assert erp.position() == (20, 0, 20)
    assert erp.exposure() == "0.00 USD"
    assert erp.told("sales-order.acknowledged")[0]["status"] == "rejected"


def test_a_price_agreed_with_the_customer_goes_before_the_list_price(erp: Erp) -> None:
    agreement = PriceAgreement(customer_number="CUST-1", prices={"SKU-1": Money.of("11.00", "USD")})  # type: ignore[arg-type, dict-item]
    erp.party.write("prices", {"CUST-1": agreement})
    erp.stock("20")
    assert erp.order("10").status is SalesOrderStatus.REJECTED
    body = erp.body("10")
    body["lines"][0]["unitPrice"] = amount("11.00")
    assert erp.ask("createSalesOrder", body).status is SalesOrderStatus.RELEASED


def test_without_a_price_in_the_currency_the_orders_price_is_taken(bare: Erp) -> None:
    bare.customer()
    bare.item("SKU-1", amount("1850", "JPY"))
    bare.stock("20")
    assert bare.order("10").status is SalesOrderStatus.RELEASED


def test_a_line_is_taken_in_the_base_unit_and_a_pack_is_answered_with_what_it_holds(erp: Erp) -> None:
    erp.item("SKU-3", packs=[{"uom": "CA", "quantityPerBase": each("12")}])
    body = erp.body("2 SKU-3 east")
    body["lines"][0]["quantity"] = each("2", "CA")
    refusal = erp.refusal("createSalesOrder", body)
    assert (refusal.code, erp.pointers(refusal)) == ("unknown-unit", ["/lines/0/quantity/uom"])
    assert refusal.errors[0].detail == "SKU-3 is ordered in EA: 2 CA are 24 EA"


def test_an_order_line_has_no_field_that_the_contract_does_not_have() -> None:
    schemas = load("erp/v1/openapi.yaml")["components"]["schemas"]
    for struct in (SalesOrderRequest, SalesOrderRequestLine):
        fields = {field.encode_name for field in msgspec.structs.fields(struct)}
        assert fields == set(schemas[struct.__name__]["properties"])


def test_a_blocked_customer_and_an_inactive_item_reject_the_order_with_all_reasons(bare: Erp) -> None:
    bare.customer(status="blocked")
    bare.item(active=False)
    order = bare.order("10")
    assert [reason.code for reason in order.rejection_reasons] == ["customerBlocked", "itemInactive"]


def test_what_is_not_there_is_backordered_where_the_customer_waits(erp: Erp) -> None:
    erp.stock("6")
    order = erp.order("10")
    assert order.status is SalesOrderStatus.RELEASED
    assert quantities(order.lines[0]) == ("6", "4", "0", "6")
    (acknowledged,) = erp.told("sales-order.acknowledged")
    assert acknowledged["lines"][0]["reasons"][0]["code"] == "shortOfStock"
    (request,) = erp.told("fulfilment.released")
    assert request["lines"][0]["quantity"] == each("6")


def test_with_nothing_there_the_whole_order_is_backordered(erp: Erp) -> None:
    order = erp.order("10")
    assert order.status is SalesOrderStatus.BACKORDERED
    assert quantities(order.lines[0]) == ("0", "10", "0", "0")
    assert erp.told("fulfilment.released") == []


def test_what_is_not_there_is_cancelled_where_the_customer_takes_what_is_available(erp: Erp) -> None:
    erp.stock("6")
    order = erp.order("10", policy="shipAvailable")
    assert quantities(order.lines[0]) == ("6", "0", "4", "6")
    # 6 x 12.50 + 8 % + 9.50: what is cancelled is not owed.
    assert erp.exposure() == "90.50 USD"


def test_with_nothing_available_an_order_that_does_not_wait_is_rejected(erp: Erp) -> None:
    order = erp.order("10", policy="shipAvailable")
    assert order.status is SalesOrderStatus.REJECTED
    assert [reason.code for reason in order.rejection_reasons] == ["noStock"]


def test_an_order_that_ships_complete_reserves_nothing_unless_all_is_there(erp: Erp) -> None:
    erp.stock("20")
    order = erp.order("10", "5 SKU-2 east", policy="shipComplete")
    assert order.status is SalesOrderStatus.BACKORDERED
    assert [quantities(line) for line in order.lines] == [("0", "10", "0", "0"), ("0", "5", "0", "0")]
    assert erp.position() == (20, 0, 20)


def test_the_last_unit_is_sold_once(erp: Erp) -> None:
    erp.stock("1")
    first, second = erp.order("1", order_id="CO-1"), erp.order("1", order_id="CO-2")
    assert (first.status, second.status) == (SalesOrderStatus.RELEASED, SalesOrderStatus.BACKORDERED)
    assert erp.position() == (1, 1, 0)


def test_two_lines_of_one_item_share_its_stock(erp: Erp) -> None:
    erp.stock("7")
    order = erp.order("5", "5")
    assert [quantities(line)[:2] for line in order.lines] == [("5", "0"), ("2", "3")]
    assert erp.position() == (7, 7, 0)


def test_each_warehouse_gets_a_fulfilment_of_its_own(erp: Erp) -> None:
    erp.stock("10")
    erp.stock("10", "SKU-2", "west")
    order = erp.order("4", "4 SKU-2 west", "4")
    fulfilments = erp.fulfilments(order)
    assert [(each.warehouse_id, [line.line_id for line in each.lines]) for each in fulfilments] == [
        ("east", ["1", "3"]),
        ("west", ["2"]),
    ]


def test_the_erp_sources_from_the_first_warehouse_of_the_region_that_has_all(erp: Erp) -> None:
    for warehouse_id in ("east", "west"):
        erp.stock("10", "SKU-1", warehouse_id)
    erp.stock("10", "SKU-2", "west")
    assert {line.warehouse_id for line in erp.order("4 SKU-1 -", "4 SKU-2 -").lines} == {"west"}
    assert erp.order("4 SKU-1 -", order_id="CO-2").lines[0].warehouse_id == "east"
    oregon = ADA | {"region": "OR"}
    assert erp.order("4 SKU-1 -", order_id="CO-3", shipTo=oregon).lines[0].warehouse_id == "west"


def test_when_no_warehouse_has_all_the_one_with_most_is_taken(erp: Erp) -> None:
    erp.stock("3")
    erp.stock("5", "SKU-1", "west")
    order = erp.order("10 SKU-1 -")
    assert order.lines[0].warehouse_id == "west"
    assert quantities(order.lines[0])[:2] == ("5", "5")


def test_two_posts_make_two_orders_and_the_reference_finds_both(erp: Erp) -> None:
    first, second = erp.order(order_id="CO-1"), erp.order(order_id="CO-1")
    erp.order(order_id="CO-2")
    page = erp.ask("listSalesOrders", externalReference="CO-1")
    assert [order.sales_order_id for order in page.items] == [first.sales_order_id, second.sales_order_id]
    assert page.next_cursor is None


def test_orders_of_one_reference_can_be_paged(erp: Erp) -> None:
    orders = [erp.order(order_id=f"CO-{number % 2}") for number in range(6)]
    page = erp.ask("listSalesOrders", externalReference="CO-0", limit=2)
    rest = erp.ask("listSalesOrders", externalReference="CO-0", limit=2, cursor=page.next_cursor)
    found = [order.sales_order_id for order in (*page.items, *rest.items)]
    assert found == [order.sales_order_id for order in orders[::2]]
    assert rest.next_cursor is None


def test_orders_are_listed_by_status_and_by_time_of_change(erp: Erp) -> None:
    erp.stock("10")
    released = erp.order("10", order_id="CO-1")
    waiting = erp.order("10", order_id="CO-2")
    erp.pass_hours(1)
    (found,) = erp.ask("listSalesOrders", status="backordered").items
    assert found.sales_order_id == waiting.sales_order_id
    erp.ask("cancelSalesOrder", {}, salesOrderId=released.sales_order_id)
    changed = erp.ask("listSalesOrders", updatedSince=erp.world.clock.now()).items
    assert [order.sales_order_id for order in changed] == [released.sales_order_id]


def test_amounts_that_no_contract_can_carry_are_refused(bare: Erp) -> None:
    bare.customer()
    bare.item("SKU-1", amount("999999999999999.99"))
    body = bare.body("999999999")
    body["lines"][0]["unitPrice"] = amount("999999999999999.99")
    assert bare.refusal("createSalesOrder", body).code == "invalid-request"


def test_an_item_of_another_currency_keeps_that_currencys_digits(bare: Erp) -> None:
    bare.customer(currency="JPY", limit="1000000")
    bare.item("SKU-1", amount("1855", "JPY"))
    body = bare.body("3", currency="JPY", freight=amount("950", "JPY"))
    body["lines"][0]["unitPrice"] = amount("1855", "JPY")
    order = bare.ask("createSalesOrder", body)
    assert str(order.lines[0].tax_amount) == "445 JPY"  # 8 % of 5565 is 445.2
    assert str(order.totals.gross) == "6960 JPY"


def test_an_order_that_wants_a_date_tells_the_warehouse_when_to_ship(erp: Erp) -> None:
    erp.stock("20")
    erp.order("1", requestedDate="2026-03-20")
    erp.order("1", requestedDate="2026-03-20", serviceLevel="express")
    erp.order("1", requestedDate="2026-03-03")
    dates = [request["requestedShipDate"] for request in erp.told("fulfilment.released")]
    assert dates == ["2026-03-17", "2026-03-19", "2026-03-02"]


def test_what_is_read_is_what_was_stored(erp: Erp) -> None:
    item = erp.ask("getItem", sku="SKU-1")
    assert isinstance(item, Item)
    assert erp.refusal("getSalesOrder", salesOrderId="SO-9").code == "not-found"
