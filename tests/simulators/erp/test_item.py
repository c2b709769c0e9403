"""Items and customers, as people enter them."""

from typing import Any

import pytest

from crossdock.tests.simulators.erp.conftest import ADA, Erp, amount, each

ITEM = {
    "sku": "SKU-1",
    "description": "Torque wrench",
    "baseUom": "EA",
    "prices": [amount("12.50")],
    "taxCategory": "standard",
}


def test_an_item_is_read_as_it_was_entered_and_announced(bare: Erp) -> None:
    packs = [{"uom": "CA", "quantityPerBase": each("12"), "gtin": "10036000291459"}]
    item = bare.ask("createItem", ITEM | {"gtin": "00036000291452", "packs": packs})
    assert bare.ask("getItem", sku="SKU-1") == item
    assert [told["sku"] for told in bare.told("item.changed")] == ["SKU-1"]
    assert (item.active, item.lot_tracked, item.serial_tracked) == (True, False, False)


def test_a_sku_is_given_once(bare: Erp) -> None:
    bare.ask("createItem", ITEM)
    refusal = bare.refusal("createItem", ITEM | {"description": "Another"})
    assert (refusal.code, refusal.existing) == ("already-exists", "SKU-1")


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"gtin": "00036000291453"}, "/gtin"),
        ({"packs": [{"uom": "CA", "quantityPerBase": each("12"), "gtin": "10036000291458"}]}, "/packs/0/gtin"),
        ({"packs": [{"uom": "EA", "quantityPerBase": each("12")}]}, "/packs/0/uom"),
        ({"packs": [{"uom": "CA", "quantityPerBase": each("12", "KGM")}]}, "/packs/0/quantityPerBase/uom"),
        ({"prices": [amount("12.50"), amount("13.00")]}, "/prices/1/currency"),
        ({"prices": [amount("12.5")]}, "/prices/0"),
        ({"prices": [amount("12.50", "XTS")]}, "/prices/0"),
    ],
)
def test_what_cannot_be_right_about_an_item_is_refused_with_its_place(
    bare: Erp, wrong: dict[str, Any], pointer: str
) -> None:
    refusal = bare.refusal("createItem", ITEM | wrong)
    assert (refusal.code, bare.pointers(refusal)) == ("invalid-request", [pointer])


def test_items_are_listed_by_whether_they_may_be_ordered(bare: Erp) -> None:
    bare.ask("createItem", ITEM)
    bare.ask("createItem", ITEM | {"sku": "SKU-2", "active": False})
    assert [item.sku for item in bare.ask("listItems", active=False).items] == ["SKU-2"]
    assert [item.sku for item in bare.ask("listItems").items] == ["SKU-1", "SKU-2"]


def test_a_change_of_an_item_replaces_what_it_names_and_is_announced_whole(bare: Erp) -> None:
    bare.ask("createItem", ITEM)
    change = {"prices": [amount("13.20")], "packs": [{"uom": "CA", "quantityPerBase": each("12")}]}
    after = bare.ask("updateItem", change, if_match=1, sku="SKU-1")
    assert (after.description, str(after.prices[0]), after.version) == ("Torque wrench", "13.20 USD", 2)
    assert [told["version"] for told in bare.told("item.changed")] == [1, 2]
    assert bare.ask("updateItem", change, if_match=2, sku="SKU-1").version == 2, "it changed nothing"
    assert len(bare.told("item.changed")) == 2


def test_a_change_of_an_item_is_held_to_the_same_as_a_new_one(bare: Erp) -> None:
    bare.ask("createItem", ITEM)
    assert bare.refusal("updateItem", {"prices": [amount("13")]}, sku="SKU-1").code == "invalid-request"
    assert bare.refusal("updateItem", {"active": False}, if_match=7, sku="SKU-1").code == "precondition-failed"
    assert bare.refusal("updateItem", {"active": False}, sku="SKU-9").code == "not-found"


CUSTOMER = {
    "customerNumber": "CUST-1",
    "accountId": "ACC-1",
    "name": "Byrne Tools",
    "currency": "USD",
    "billTo": ADA,
    "paymentTermsDays": 30,
    "creditLimit": amount("10000.00"),
}


def test_a_customer_begins_owing_nothing(bare: Erp) -> None:
    customer = bare.ask("createCustomer", CUSTOMER)
    assert str(customer.exposure) == "0.00 USD"
    assert bare.ask("getCustomer", customerNumber="CUST-1") == customer
    assert bare.ask("listCustomers", accountId="ACC-1").items == (customer,)
    assert bare.ask("listCustomers", accountId="ACC-2").items == ()


@pytest.mark.parametrize(
    ("wrong", "code", "pointer"),
    [
        ({"creditLimit": amount("10000.00", "EUR")}, "currency-mismatch", "/creditLimit/currency"),
        ({"creditLimit": amount("10000")}, "invalid-request", "/creditLimit"),
        ({"currency": "XXX", "creditLimit": amount("1", "XXX")}, "invalid-request", "/currency"),
    ],
)
def test_a_limit_is_in_the_customers_currency(bare: Erp, wrong: dict[str, Any], code: str, pointer: str) -> None:
    refusal = bare.refusal("createCustomer", CUSTOMER | wrong)
    assert (refusal.code, bare.pointers(refusal)) == (code, [pointer])


def test_a_customers_number_is_given_once(bare: Erp) -> None:
    bare.ask("createCustomer", CUSTOMER)
    assert bare.refusal("createCustomer", CUSTOMER).code == "already-exists"


@pytest.mark.parametrize(("currency", "limit"), [("USD", "10000.00 USD"), ("JPY", "10000 JPY")])
def test_a_customer_that_comes_without_terms_gets_the_usual_ones(bare: Erp, currency: str, limit: str) -> None:
    told = {name: value for name, value in CUSTOMER.items() if name not in ("paymentTermsDays", "creditLimit")}
    customer = bare.ask("createCustomer", told | {"currency": currency})
    assert (customer.payment_terms_days, str(customer.credit_limit)) == (30, limit)


def test_a_change_of_a_customer_keeps_terms_and_debts(bare: Erp) -> None:
    before = bare.ask("createCustomer", CUSTOMER)
    moved = ADA | {"city": "Troy"}
    after = bare.ask("updateCustomer", {"billTo": moved, "status": "blocked"}, if_match=1, customerNumber="CUST-1")
    assert (after.bill_to.city, after.status, after.version) == ("Troy", "blocked", 2)
    assert (after.credit_limit, after.exposure, after.account_id) == (
        before.credit_limit,
        before.exposure,
        before.account_id,
    )
    assert bare.ask("updateCustomer", {"status": "blocked"}, customerNumber="CUST-1").version == 2


def test_a_change_of_a_customer_that_was_read_before_an_order_came_is_refused(erp: Erp) -> None:
    erp.order("1")
    refusal = erp.refusal("updateCustomer", {"name": "Byrne"}, if_match=1, customerNumber="CUST-1")
    assert refusal.code == "precondition-failed"
