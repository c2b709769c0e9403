"""Orders as customers placed them."""

from typing import Any

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.crm.conftest import ADDRESS, Crm, line


def test_an_order_begins_as_submitted_and_is_announced_whole(crm: Crm) -> None:
    order = crm.order()
    assert order["orderId"] == "CO-t1-000001"
    assert (order["status"], order["version"], order["tracking"]) == ("submitted", 1, [])
    assert "statusAsOf" not in order
    nothing = {"value": "0", "uom": "EA"}
    assert order["lines"][0]["quantities"] == dict.fromkeys(
        ("shipped", "backordered", "cancelled", "returned"), nothing
    )
    assert crm("getOrder", orderId=order["orderId"]) == order
    assert crm.told("order.submitted") == [order]


def test_the_event_is_about_the_order(crm: Crm) -> None:
    order = crm.order()
    assert crm.events[-1]["subject"] == crm.events[-1]["correlationid"] == order["orderId"]


def test_the_customer_at_the_erp_and_the_bill_to_address_come_from_the_account(crm: Crm) -> None:
    order = crm.order()
    assert (order["customerNumber"], order["billTo"]) == ("CUST-1", ADDRESS)
    elsewhere = ADDRESS | {"city": "Troy"}
    assert crm.order(billTo=elsewhere)["billTo"] == elsewhere


def test_an_order_of_nobody_is_refused(crm: Crm) -> None:
    refusal = refusal_of(lambda: crm.order(accountId="ACC-9"))
    assert (refusal.code, refusal.errors[0].pointer) == ("unknown-customer", "/accountId")
    assert crm.events == []


def test_a_blocked_account_can_place_no_order_while_earlier_ones_go_on(crm: Crm) -> None:
    order = crm.order()
    crm.block()
    assert refusal_of(crm.order).code == "customer-blocked"
    assert crm.status(order["orderId"], "accepted")["status"] == "accepted"


def test_a_contact_must_be_one_of_the_account(crm: Crm) -> None:
    contact = crm("createContact", {"name": "Ada Byrne", "email": "ada@example.com"}, accountId=crm.account_id)
    assert crm.order(contactId=contact["contactId"])["contactId"] == contact["contactId"]
    refusal = refusal_of(lambda: crm.order(contactId="CON-9"))
    assert (refusal.code, refusal.errors[0].pointer) == ("invalid-request", "/contactId")


def test_orders_are_listed_by_account_status_and_time(crm: Crm) -> None:
    first, second = crm.order()["orderId"], crm.order(line("1"), line("2"))["orderId"]
    crm.pass_days(1)
    crm.status(second, "accepted")

    def ids(**params: Any) -> list[str]:
        return [order["orderId"] for order in crm("listOrders", **params)["items"]]

    assert ids() == ids(accountId=crm.account_id) == [first, second]
    assert ids(accountId="ACC-9") == []
    assert ids(status="submitted") == [first]
    assert ids(updatedSince="2026-03-03T08:00:00Z") == [second]
