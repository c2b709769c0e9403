"""Where an order's parcels are, as the CRM is told."""

from typing import Any

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.crm.conftest import CARRIER, Crm


def tell(crm: Crm, number: str = "TRK-1", milestone: str = "in_transit", **fields: Any) -> Any:
    body = {"shipmentId": "SHP-1", "carrier": CARRIER, "milestone": milestone, "occurredAt": "2026-03-03T08:00:00Z"}
    told = {name: value for name, value in (body | fields).items() if value is not None}
    return crm("updateTracking", told, orderId="CO-t1-000001", trackingNumber=number)


def test_the_first_call_adds_a_parcel_and_later_ones_replace_it(crm: Crm) -> None:
    crm.order()
    tell(crm, "TRK-1", "picked_up")
    tell(crm, "TRK-2", "picked_up")
    order = tell(crm, "TRK-1", "delivered", occurredAt="2026-03-04T08:00:00Z")
    assert [(parcel["trackingNumber"], parcel["milestone"]) for parcel in order["tracking"]] == [
        ("TRK-1", "delivered"),
        ("TRK-2", "picked_up"),
    ]
    assert order["version"] == 4
    assert order["status"] == "submitted"


def test_an_older_milestone_overwrites_a_newer_one_because_the_last_writer_wins(crm: Crm) -> None:
    crm.order()
    tell(crm, milestone="delivered", occurredAt="2026-03-05T08:00:00Z")
    order = tell(crm, milestone="in_transit", occurredAt="2026-03-03T08:00:00Z")
    assert order["tracking"][0]["milestone"] == "in_transit"


def test_the_carrier_and_the_warehouse_that_were_told_before_stay(crm: Crm) -> None:
    crm.order()
    tell(crm, warehouseId="east")
    parcel = tell(crm, milestone="delivered", carrier=None)["tracking"][0]
    assert (parcel["carrier"], parcel["warehouseId"], parcel["milestone"]) == (CARRIER, "east", "delivered")


def test_a_parcel_may_be_told_without_its_carrier(crm: Crm) -> None:
    crm.order()
    assert "carrier" not in tell(crm, carrier=None)["tracking"][0]


def test_being_told_the_same_again_changes_nothing(crm: Crm) -> None:
    crm.order()
    assert tell(crm) == tell(crm)


def test_a_parcel_of_no_order_is_not_found(crm: Crm) -> None:
    assert refusal_of(lambda: tell(crm)).code == "not-found"
