"""From whatever a message names to the CRM order that it is about."""

from typing import Any

import pytest

from crossdock.simulators.lineage import Lineage


@pytest.fixture
def lineage() -> Lineage:
    """Two orders, each with what came of it."""
    lineage = Lineage()
    for number in ("1", "2"):
        for prefix in ("ORD", "SO", "FF", "SHP", "TRK"):
            lineage.learn(f"{prefix}-{number}", f"ORD-{number}")
    return lineage


@pytest.mark.parametrize(
    ("path", "query", "body"),
    [
        ({"fulfilmentId": "FF-1"}, {}, None),
        ({}, {"externalReference": "ORD-1"}, None),
        ({}, {}, {"salesOrderId": "SO-1", "shipmentIds": ["SHP-2"]}),
        ({"trackingNumber": "TRK-1"}, {}, {"shipmentId": "SHP-1"}),
    ],
)
def test_a_message_is_traced_by_its_path_its_query_or_its_body(
    lineage: Lineage, path: dict[str, str], query: dict[str, str], body: dict[str, Any] | None
) -> None:
    assert lineage.trace(path, query, body) == "ORD-1"


def test_the_order_itself_says_more_than_what_came_of_it(lineage: Lineage) -> None:
    assert lineage.trace({"fulfilmentId": "FF-2"}, {"orderId": "ORD-1"}) == "ORD-1"


def test_an_id_that_is_not_known_is_passed_over_for_one_that_is(lineage: Lineage) -> None:
    assert lineage.trace({"orderId": "ORD-9"}, {"shipmentId": "SHP-2"}) == "ORD-2"


@pytest.mark.parametrize("body", [None, {}, {"orderId": 7}, {"orderId": ["ORD-1"]}, {"orderId": None}, {"sku": "SKU"}])
def test_a_message_that_names_nothing_known_is_about_no_order(lineage: Lineage, body: dict[str, Any] | None) -> None:
    assert lineage.trace(body) == ""


def test_the_first_order_that_an_id_belonged_to_stays(lineage: Lineage) -> None:
    lineage.learn("FF-1", "ORD-2")
    lineage.learn("FF-3", "")

    assert lineage.order_of("FF-1") == "ORD-1"
    assert lineage.order_of("FF-3") == ""


def test_a_cleared_lineage_knows_nothing(lineage: Lineage) -> None:
    lineage.clear()

    assert lineage.order_of("ORD-1") == ""


def test_a_message_may_be_about_customers_items_and_counts() -> None:
    lineage = Lineage()
    body = {"accountId": "AC-1", "customerNumber": "CUST-1", "name": "Byrne Tools", "snapshotId": 7}
    assert lineage.subjects({"sku": "SKU-1"}, body) == ("AC-1", "CUST-1", "SKU-1")
    assert lineage.subjects(None, {}) == ()
