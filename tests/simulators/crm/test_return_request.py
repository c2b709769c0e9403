"""A customer wants to send something back."""

from typing import Any

import pytest

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.crm.conftest import Crm


def wish(crm: Crm, **fields: Any) -> Any:
    line = {"lineId": "1", "sku": "SKU-1", "quantity": {"value": "2", "uom": "EA"}} | fields
    return crm("createReturnRequest", {"orderId": "CO-t1-000001", "reason": "too many", "lines": [line]})


def shipped_order(crm: Crm, status: str = "shipped") -> None:
    crm.status(crm.order()["orderId"], status)


def test_a_wish_is_kept_and_announced(crm: Crm) -> None:
    shipped_order(crm)
    request = wish(crm)
    assert (request["status"], request["accountId"]) == ("requested", crm.account_id)
    assert crm("getReturnRequest", returnRequestId=request["returnRequestId"]) == request
    assert crm.told("return.requested") == [request]
    assert crm.events[-1]["correlationid"] == "CO-t1-000001"


@pytest.mark.parametrize("status", ["submitted", "accepted", "released", "backordered", "cancelled", "rejected"])
def test_nothing_comes_back_of_what_was_never_shipped(crm: Crm, status: str) -> None:
    shipped_order(crm, status)
    assert refusal_of(lambda: wish(crm)).code == "order-state"


def test_a_wish_must_be_about_lines_that_exist_as_they_were_ordered(crm: Crm) -> None:
    assert refusal_of(lambda: wish(crm)).code == "unknown-order"
    shipped_order(crm)
    assert refusal_of(lambda: wish(crm, lineId="7")).errors[0].pointer == "/lines/0/lineId"
    other_item = refusal_of(lambda: wish(crm, sku="SKU-2"))
    assert (other_item.code, other_item.errors[0].pointer) == ("unknown-line", "/lines/0/sku")
    other_unit = refusal_of(lambda: wish(crm, quantity={"value": "1", "uom": "CA"}))
    assert (other_unit.code, other_unit.errors[0].pointer) == ("invalid-request", "/lines/0/quantity/uom")


def test_the_crm_shows_what_it_was_told_and_keeps_the_rma(crm: Crm) -> None:
    shipped_order(crm)
    request_id = wish(crm)["returnRequestId"]

    def tell(**body: str) -> Any:
        return crm("updateReturnRequestStatus", body, returnRequestId=request_id)

    tell(status="authorized", rmaId="RMA-1")
    credited = tell(status="credited")
    assert (credited["status"], credited["rmaId"], credited["version"]) == ("credited", "RMA-1", 3)
    assert tell(status="credited") == credited
    assert tell(status="authorized")["status"] == "authorized"


def test_wishes_are_listed_by_order_and_status(crm: Crm) -> None:
    shipped_order(crm)
    first, second = wish(crm)["returnRequestId"], wish(crm)["returnRequestId"]
    crm("updateReturnRequestStatus", {"status": "rejected"}, returnRequestId=second)

    def ids(**params: Any) -> list[str]:
        return [request["returnRequestId"] for request in crm("listReturnRequests", **params)["items"]]

    assert ids() == ids(orderId="CO-t1-000001") == [first, second]
    assert ids(status="rejected") == [second]
    assert ids(orderId="CO-9") == []
