"""What is sold, as the layer tells it."""

from typing import Any

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.crm.conftest import Crm, money

FACTS = {"description": "Torque wrench", "baseUom": "EA", "prices": [money("12.50")], "active": True}


def put(crm: Crm, sku: str = "SKU-1", *, if_match: int | None = None, **facts: Any) -> Any:
    return crm("putProduct", FACTS | facts, sku=sku, if_match=if_match)


def test_a_product_is_read_as_it_was_told(crm: Crm) -> None:
    product = put(crm)
    assert product["version"] == 1
    assert crm("getProduct", sku="SKU-1") == product
    assert refusal_of(lambda: crm("getProduct", sku="SKU-9")).code == "not-found"


def test_the_last_that_was_told_stands_whole(crm: Crm) -> None:
    put(crm)
    crm.pass_days(1)
    after = put(crm, description="Wrench", prices=[money("13.20"), money("11.90", "EUR")])
    assert (after["description"], len(after["prices"]), after["version"]) == ("Wrench", 2, 2)
    assert put(crm, description="Torque wrench")["version"] == 3, "an older record is taken as well"


def test_told_what_it_knows_nothing_changes(crm: Crm) -> None:
    put(crm)
    assert put(crm)["version"] == 1


def test_a_stale_version_is_refused(crm: Crm) -> None:
    put(crm)
    put(crm, active=False, if_match=1)
    assert refusal_of(lambda: put(crm, if_match=1)).code == "precondition-failed"


def test_products_are_listed_by_whether_they_may_be_sold(crm: Crm) -> None:
    put(crm)
    put(crm, "SKU-2", active=False)
    assert [each["sku"] for each in crm("listProducts")["items"]] == ["SKU-1", "SKU-2"]
    assert [each["sku"] for each in crm("listProducts", active="false")["items"]] == ["SKU-2"]
