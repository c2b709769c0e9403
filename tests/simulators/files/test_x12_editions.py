"""Two editions of an X12 warehouse's guides: what it writes, and what it takes in, while it goes over."""

from datetime import UTC, datetime, timedelta

import pytest

from crossdock.simulators.channels.x12.correspondence import warehouse_guides
from crossdock.simulators.channels.x12.editions import in_second_edition, taken
from crossdock.simulators.versions import Retirement, Versions

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
END = NOW + timedelta(hours=24)
FIRST, SECOND = "004010", "004010WH2"


def orders_taken(versions: Versions, now: datetime) -> set[str]:
    """The versions (GS08) in which an order may come."""
    return {guide.version for guide in taken(warehouse_guides(), versions, now) if guide.set_id == "940"}


@pytest.mark.parametrize(
    ("served", "hours", "expected"),
    [
        (("v1",), 0, {FIRST}),
        (("v1", "v2"), 0, {FIRST, SECOND}),
        (("v1", "v2"), 24, {SECOND}),
        (("v2",), 0, {SECOND}),
    ],
)
def test_both_editions_are_taken_until_the_first_has_ended(
    served: tuple[str, ...], hours: int, expected: set[str]
) -> None:
    retirements = {"v1": Retirement(NOW, END, "v2")} if len(served) > 1 else {}
    assert orders_taken(Versions(served, retirements), NOW + timedelta(hours=hours)) == expected


def test_what_has_one_edition_is_taken_whatever_becomes_of_the_others() -> None:
    kept = taken(warehouse_guides(), Versions(("v2",)), NOW)
    assert {guide.set_id for guide in kept if guide.version == FIRST} == {"943", "997"}


def test_the_second_edition_of_a_ship_notice_has_the_seal_where_the_guide_wants_it() -> None:
    advice = [["W06", "F", "FF-1", "20260302", "SHP-7K3F-0000000001"], ["W27", "M"], ["LX", "1"]]
    assert in_second_edition(advice) == [
        *advice[:2],
        ["W10", "", "1", "", "7K3F-0000000001"],
        ["LX", "1"],
    ]
