"""Stopping a request before the pick is done."""

import pytest

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.warehouse.conftest import Warehouse


@pytest.mark.parametrize(("hours", "status"), [(0, "accepted"), (1.9, "picking")])
def test_until_the_pick_is_done_a_request_is_stopped_and_its_goods_are_free(
    west: Warehouse, hours: float, status: str
) -> None:
    west.request()
    west.pass_hours(hours)
    assert west.status() == status
    cancelled = west("cancelFulfilmentRequest", {"reason": "changed mind"}, fulfilmentId="FF-1")
    assert cancelled["status"] == "cancelled"
    assert cancelled["lines"][0]["cancelledQuantity"]["value"] == "10"
    assert west.stock() == {"onHand": 100, "available": 100, "allocated": 0, "onHold": 0, "damaged": 0}
    assert west.told("fulfilment.cancelled") == [cancelled]
    assert west.told("inventory.changed")[-1]["available"]["value"] == "100"


@pytest.mark.parametrize(("hours", "status"), [(2, "picking"), (2.6, "packed"), (3, "shipped")])
def test_once_the_pick_is_done_it_is_too_late(west: Warehouse, hours: float, status: str) -> None:
    west.request()
    west.pass_hours(hours)
    assert west.status() == status
    assert refusal_of(lambda: west("cancelFulfilmentRequest", fulfilmentId="FF-1")).code == "too-late"
    west.pass_hours(100)
    assert west.status() == "shipped"


def test_nothing_happens_to_a_cancelled_request_any_more(west: Warehouse) -> None:
    west.request()
    west("cancelFulfilmentRequest", fulfilmentId="FF-1")
    before = west.types()
    west.pass_hours(100)
    assert west.types() == before
    assert west.shipments() == []


def test_cancelling_again_changes_nothing(west: Warehouse) -> None:
    west.request()
    first = west("cancelFulfilmentRequest", fulfilmentId="FF-1")
    assert west("cancelFulfilmentRequest", fulfilmentId="FF-1") == first
    assert len(west.told("fulfilment.cancelled")) == 1


def test_cancelling_stops_every_copy_that_was_accepted(east: Warehouse) -> None:
    east.request()
    east.request()
    east("cancelFulfilmentRequest", fulfilmentId="FF-1")
    east.pass_hours(100)
    assert east.shipments() == []
    assert east.stock()["allocated"] == 0


def test_when_one_copy_is_picked_none_is_stopped(east: Warehouse) -> None:
    east.request()
    east.pass_hours(2.1)
    east.request()
    assert refusal_of(lambda: east("cancelFulfilmentRequest", fulfilmentId="FF-1")).code == "too-late"
    assert east.stock()["allocated"] == 20


def test_a_stale_version_is_refused(west: Warehouse) -> None:
    west.request()
    west.pass_hours(1.5)
    refusal = refusal_of(lambda: west("cancelFulfilmentRequest", fulfilmentId="FF-1", if_match=1))
    assert refusal.code == "precondition-failed"
    assert west("cancelFulfilmentRequest", fulfilmentId="FF-1", if_match=2)["status"] == "cancelled"


def test_an_unknown_fulfilment_is_not_found(west: Warehouse) -> None:
    assert refusal_of(lambda: west("cancelFulfilmentRequest", fulfilmentId="FF-9")).code == "not-found"
