"""Which milestone of a parcel is believed."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from crossdock.examples.reference_layer.documents import Milestone, Parcel
from crossdock.examples.reference_layer.tracking import MilestonePolicy

DAY = datetime(2026, 3, 2, tzinfo=UTC)


def milestone(code: str, hour: int, sequence: int) -> Milestone:
    return Milestone(
        tracking_number="T-1",
        order_id="CO-1",
        code=code,
        occurred_at=DAY + timedelta(hours=hour),
        sequence=sequence,
    )


def end_of(*arrivals: Milestone) -> str:
    """What is shown after these have arrived, in this order."""
    parcel = Parcel("S-1", "east", {})
    for arrived in arrivals:
        if MilestonePolicy().advances(parcel, arrived):
            parcel.code, parcel.occurred_at, parcel.sequence = arrived.code, arrived.occurred_at, arrived.sequence
    return parcel.code


@pytest.mark.parametrize(
    "way",
    [
        ("label_created", "picked_up", "in_transit", "delivered"),
        ("picked_up", "exception", "in_transit", "delivered"),
        ("in_transit", "attempted", "returning", "returned"),
        ("picked_up", "in_transit", "lost", "delivered"),
    ],
)
def test_any_order_of_arrival_ends_with_the_newest(way: tuple[str, ...]) -> None:
    steps = [milestone(code, hour, hour) for hour, code in enumerate(way, 1)]

    assert {end_of(*arrivals) for arrivals in permutations(steps)} == {way[-1]}


def test_the_same_milestone_again_is_no_news() -> None:
    step = milestone("in_transit", 1, 1)
    parcel = Parcel("S-1", "east", {}, step.code, step.occurred_at, step.sequence)

    assert not MilestonePolicy().advances(parcel, step)


def test_sequence_decides_within_the_same_moment() -> None:
    assert end_of(milestone("picked_up", 1, 2), milestone("label_created", 1, 1)) == "picked_up"


def test_delivered_is_not_left_for_a_step_on_the_way() -> None:
    assert end_of(milestone("delivered", 5, 5), milestone("in_transit", 6, 6)) == "delivered"
