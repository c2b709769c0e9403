"""broker-down: the broker is down for a while, and comes back with all that it had stored."""

from datetime import timedelta

import pytest

from crossdock.scenarios.fault import faults
from crossdock.simulators.webhook import Webhooks
from crossdock.tests.scenarios.conftest import SCENARIO, Wire

RELEASED = "crossdock.fulfilment.released.v1"


@pytest.fixture
def switched(wire: Wire) -> list[tuple[str, bool]]:
    """What became of the broker of a world that has one, in order."""
    seen: list[tuple[str, bool]] = []
    wire.world.on_reachable = lambda party, up: seen.append((party, up))
    wire.world.outbox.transports["queue"] = Webhooks(wire.clock)
    return seen


def test_it_is_down_from_the_first_such_event_on_and_comes_back(wire: Wire, switched: list[tuple[str, bool]]) -> None:
    armed = wire.arm("broker-down", begins_with=RELEASED, for_s=1.5)

    assert wire.event("erp", RELEASED) is None, "the event itself goes out"
    wire.event("erp", RELEASED, "CO-B")
    assert switched == [("broker", False)]
    wire.clock.advance(timedelta(seconds=1.5))
    assert switched == [("broker", False), ("broker", True)]
    assert armed.fired == 1


def test_it_ends_when_the_scenario_heals_and_not_a_second_time(wire: Wire, switched: list[tuple[str, bool]]) -> None:
    wire.arm("broker-down", begins_with=RELEASED, for_s=9.0)
    wire.event("erp", RELEASED)

    wire.faults.heal(SCENARIO)
    wire.clock.advance(timedelta(seconds=10))

    assert switched == [("broker", False), ("broker", True)]


def test_a_world_without_a_broker_refuses_it(wire: Wire) -> None:
    with pytest.raises(ValueError, match="broker-down strikes the broker, and this world has none"):
        wire.arm("broker-down", begins_with=RELEASED)


def test_it_runs_alone_and_says_that_it_strikes_the_broker() -> None:
    assert faults["broker-down"].exclusive
    assert {name for name, kind in faults.items() if kind.on_broker} == {"broker-down"}


def test_no_other_message_begins_it(wire: Wire, switched: list[tuple[str, bool]]) -> None:
    wire.arm("broker-down", begins_with=RELEASED, order="A")
    wire.event("erp", "crossdock.sales-order.changed.v1")
    wire.event("erp", RELEASED, "CO-B")
    wire.event("erp", RELEASED, "CO-X")
    assert switched == []
