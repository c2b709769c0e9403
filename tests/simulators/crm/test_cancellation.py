"""A customer wants an order cancelled."""

import pytest

from crossdock.simulators.crm.cancellation import CancellationWish
from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.crm.conftest import Crm


@pytest.mark.parametrize("status", ["submitted", "accepted", "onHold", "released", "backordered"])
def test_the_wish_is_passed_on_and_the_order_stays_as_it_is(crm: Crm, status: str) -> None:
    order_id = crm.order()["orderId"]
    before = crm.status(order_id, status)
    assert crm("requestCancellation", {"reason": "ordered twice"}, orderId=order_id) == before
    assert crm.told("order.cancel-requested") == [{**before, "cancellationReason": "ordered twice"}]
    assert crm.party.state.table(CancellationWish)[order_id].reason == "ordered twice"


@pytest.mark.parametrize(
    "status", ["rejected", "partiallyShipped", "shipped", "delivered", "deliveryFailed", "returned", "cancelled"]
)
def test_what_was_shipped_or_is_over_cannot_be_cancelled(crm: Crm, status: str) -> None:
    order_id = crm.order()["orderId"]
    crm.status(order_id, status)
    assert refusal_of(lambda: crm("requestCancellation", orderId=order_id)).code == "not-cancellable"
    assert crm.told("order.cancel-requested") == []


def test_a_wish_about_a_stale_version_is_refused(crm: Crm) -> None:
    order_id = crm.order()["orderId"]
    crm.status(order_id, "accepted")
    refusal = refusal_of(lambda: crm("requestCancellation", orderId=order_id, if_match=1))
    assert refusal.code == "precondition-failed"
