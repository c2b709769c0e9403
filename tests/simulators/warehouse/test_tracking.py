"""Parcels on their way."""

from crossdock.contracts.objects import MilestoneCode
from crossdock.simulators.warehouse import JourneyStep
from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.warehouse.conftest import Warehouse


def steps(**after_h: float) -> tuple[JourneyStep, ...]:
    return tuple(JourneyStep(code=MilestoneCode(code), after_h=hours) for code, hours in after_h.items())


def codes(warehouse: Warehouse, number: int = 1) -> list[str]:
    """What the n-th parcel has reached."""
    parcel = warehouse("getTracking", trackingNumber=f"TRK-t1-{number:06d}")
    return [milestone["code"] for milestone in parcel["milestones"]]


def test_a_parcel_goes_from_its_label_to_the_door_on_business_time(west: Warehouse) -> None:
    west.request()
    west.pass_hours(3)
    reached = []
    for hours in (0, 2, 6, 24, 8):
        west.pass_hours(hours)
        reached.append(codes(west)[-1])
    assert reached == ["label_created", "picked_up", "in_transit", "out_for_delivery", "delivered"]
    assert west.world.busy() is None


def test_milestones_are_numbered_by_parcel_and_dated_when_they_happen(west: Warehouse) -> None:
    west.request("FF-1", ("1", "SKU-1", "25 EA"))
    west.pass_hours(100)
    told = west.told("tracking.milestone")
    assert len(told) == 10
    for number in ("TRK-t1-000001", "TRK-t1-000002"):
        mine = [milestone for milestone in told if milestone["trackingNumber"] == number]
        assert [milestone["sequence"] for milestone in mine] == [1, 2, 3, 4, 5]
        assert mine[1]["occurredAt"] == "2026-03-02T13:00:00Z"
        assert west("getTracking", trackingNumber=number)["milestones"] == mine


def test_a_journey_may_end_in_failure(west: Warehouse) -> None:
    west.handle("CO-1", journey=steps(label_created=0, attempted=10, exception=20, returning=30, returned=40))
    west.request()
    west.pass_hours(100)
    assert codes(west) == ["label_created", "attempted", "exception", "returning", "returned"]


def test_one_parcel_of_several_may_go_another_way(west: Warehouse) -> None:
    west.handle("CO-1", journeys={2: steps(lost=5)})
    west.request("FF-1", ("1", "SKU-1", "45 EA"))
    west.pass_hours(100)
    assert [codes(west, number)[-1] for number in (1, 2, 3)] == ["delivered", "lost", "delivered"]


def test_parcels_are_counted_across_the_shipments_of_a_request(west: Warehouse) -> None:
    west.handle("CO-1", shipments=({"1": 5}, {"1": 5}), journeys={2: steps(lost=5)})
    west.request()
    west.pass_hours(100)
    assert [codes(west, number)[-1] for number in (1, 2)] == ["delivered", "lost"]


def test_steps_given_out_of_order_happen_in_order_of_time(west: Warehouse) -> None:
    west.handle("CO-1", journey=steps(delivered=9, exception=3))
    west.request()
    west.pass_hours(100)
    assert codes(west) == ["exception", "delivered"]


def test_a_parcel_may_never_be_heard_of(west: Warehouse) -> None:
    west.handle("CO-1", journey=())
    west.request()
    west.pass_hours(100)
    assert codes(west) == []
    assert west.world.busy() is None


def test_an_unknown_parcel_is_not_found(west: Warehouse) -> None:
    assert refusal_of(lambda: west("getTracking", trackingNumber="TRK-9")).code == "not-found"
