"""outage: a party is down for a while."""

from datetime import timedelta

import pytest

from crossdock.scenarios.fault import faults
from crossdock.tests.scenarios.conftest import SCENARIO, Wire

RELEASED = "crossdock.fulfilment.released.v1"


@pytest.fixture
def reachable(wire: Wire) -> list[tuple[str, bool]]:
    """What became of the parties' servers, in order."""
    seen: list[tuple[str, bool]] = []
    wire.world.on_reachable = lambda party, up: seen.append((party, up))
    return seen


def test_the_party_is_down_from_the_first_such_event_on_and_comes_back(
    wire: Wire, reachable: list[tuple[str, bool]]
) -> None:
    armed = wire.arm("outage", party="east", begins_with=RELEASED, for_s=1.5)
    assert wire.event("erp", RELEASED) is None, "the event itself goes out"
    assert wire.world.outbox.paused == {"east"}
    wire.clock.advance(timedelta(seconds=1.4))
    assert wire.world.outbox.paused == {"east"}
    wire.clock.advance(timedelta(seconds=0.1))
    assert reachable == [("east", False), ("east", True)]
    assert armed.fired == 1


def test_it_lasts_so_many_business_hours_where_that_is_said(wire: Wire, reachable: list[tuple[str, bool]]) -> None:
    wire.arm("outage", party="east", begins_with=RELEASED, for_h=30)
    wire.event("erp", RELEASED)
    wire.clock.advance(timedelta(hours=29))
    assert reachable == [("east", False)]
    wire.clock.advance(timedelta(hours=1))
    assert reachable == [("east", False), ("east", True)]


def test_it_strikes_once_whichever_order_comes_first(wire: Wire, reachable: list[tuple[str, bool]]) -> None:
    armed = wire.arm("outage", party="east", begins_with=RELEASED, for_s=1.0)
    wire.event("erp", RELEASED, "CO-B")
    wire.clock.advance(timedelta(seconds=2))
    wire.event("erp", RELEASED, "CO-A")
    assert armed.fired == 1
    assert reachable == [("east", False), ("east", True)]


def test_it_ends_when_the_scenario_heals_and_not_a_second_time(wire: Wire, reachable: list[tuple[str, bool]]) -> None:
    wire.arm("outage", party="east", begins_with=RELEASED, for_s=9.0)
    wire.event("erp", RELEASED)
    wire.faults.heal(SCENARIO)
    wire.clock.advance(timedelta(seconds=10))
    assert reachable == [("east", False), ("east", True)]


def test_it_hits_more_than_its_own_orders_and_so_runs_alone() -> None:
    assert faults["outage"].exclusive
    lasting = {name for name, kind in faults.items() if "begins_with" in kind.__struct_fields__}
    alone = {*lasting, "layer-crash", "consumer-crash"}
    assert {name for name, kind in faults.items() if kind.exclusive} == alone


def test_no_other_message_begins_it(wire: Wire, reachable: list[tuple[str, bool]]) -> None:
    wire.arm("outage", party="east", begins_with=RELEASED, order="A")
    wire.event("erp", "crossdock.sales-order.changed.v1")
    wire.event("erp", RELEASED, "CO-B")
    wire.event("erp", RELEASED, "CO-X")
    wire.event("erp", RELEASED, "")
    assert reachable == []
