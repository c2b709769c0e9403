"""Where an order stands, as the CRM is told: it believes the last who speaks."""

from typing import Any

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.crm.conftest import Crm, line


def became(line_id: str = "1", shipped: str = "6", uom: str = "EA", **more: str) -> dict[str, Any]:
    quantities = {"shipped": shipped, "backordered": "4", "cancelled": "0"} | more
    return {"lineId": line_id} | {f"{name}Quantity": {"value": value, "uom": uom} for name, value in quantities.items()}


def test_the_crm_shows_what_it_was_told(crm: Crm) -> None:
    order_id = crm.order(line("1"), line("2"))["orderId"]
    crm.pass_days(1)
    order = crm.status(order_id, "partiallyShipped", erpOrderId="SO-1", reason="the rest on Thursday", lines=[became()])
    assert (order["status"], order["statusAsOf"]) == ("partiallyShipped", "2026-03-02T08:00:00Z")
    assert (order["erpOrderId"], order["statusReason"]) == ("SO-1", "the rest on Thursday")
    assert (order["version"], order["updatedAt"]) == (2, "2026-03-03T08:00:00Z")
    shipped = [line["quantities"]["shipped"]["value"] for line in order["lines"]]
    assert shipped == ["6", "0"]
    assert crm("getOrder", orderId=order_id) == order


def test_an_older_status_overwrites_a_newer_one_because_the_last_writer_wins(crm: Crm) -> None:
    order_id = crm.order()["orderId"]
    crm.status(order_id, "delivered", asOf="2026-03-05T08:00:00Z")
    order = crm.status(order_id, "accepted", asOf="2026-03-02T08:00:00Z")
    assert (order["status"], order["statusAsOf"]) == ("accepted", "2026-03-02T08:00:00Z")


def test_what_is_not_said_stays_except_for_the_reason(crm: Crm) -> None:
    order_id = crm.order()["orderId"]
    crm.status(order_id, "onHold", erpOrderId="SO-1", reason="credit", lines=[became(returned="1")])
    order = crm.status(order_id, "accepted", lines=[became(shipped="7")])
    assert order["erpOrderId"] == "SO-1"
    assert "statusReason" not in order
    assert order["lines"][0]["quantities"]["returned"]["value"] == "1"
    assert order["lines"][0]["quantities"]["shipped"]["value"] == "7"


def test_being_told_the_same_again_changes_nothing(crm: Crm) -> None:
    order_id = crm.order()["orderId"]
    first = crm.status(order_id, "accepted", erpOrderId="SO-1")
    crm.pass_days(1)
    assert crm.status(order_id, "accepted", erpOrderId="SO-1") == first


def test_nobody_is_told_of_a_status(crm: Crm) -> None:
    order_id = crm.order()["orderId"]
    crm.status(order_id, "accepted")
    assert crm.types() == ["order.submitted"]


def test_if_match_is_honoured_when_it_is_sent(crm: Crm) -> None:
    order_id = crm.order()["orderId"]
    crm.status(order_id, "accepted", if_match=1)
    assert refusal_of(lambda: crm.status(order_id, "released", if_match=1)).code == "precondition-failed"


def test_an_order_that_does_not_exist_is_not_found(crm: Crm) -> None:
    assert refusal_of(lambda: crm.status("CO-9", "accepted")).code == "not-found"


def test_lines_that_the_order_does_not_have_are_named(crm: Crm) -> None:
    order_id = crm.order()["orderId"]
    refusal = refusal_of(lambda: crm.status(order_id, "shipped", lines=[became("1"), became("7")]))
    assert refusal.code == "unknown-line"
    assert [error.pointer for error in refusal.errors] == ["/lines/1/lineId"]
    assert crm("getOrder", orderId=order_id)["status"] == "submitted"


def test_a_line_in_another_unit_or_named_twice_is_refused(crm: Crm) -> None:
    order_id = crm.order()["orderId"]
    other_unit = refusal_of(lambda: crm.status(order_id, "shipped", lines=[became(uom="CA")]))
    assert other_unit.code == "invalid-request"
    assert other_unit.errors[0].pointer == "/lines/0/shippedQuantity/uom"
    assert refusal_of(lambda: crm.status(order_id, "shipped", lines=[became(), became()])).code == "invalid-request"
