"""host-key-changes: the file server proves itself by a key that nobody knows."""

from datetime import timedelta

import pytest

from crossdock.tests.scenarios.conftest import SCENARIO, Wire

RELEASED = "crossdock.fulfilment.released.v1"


@pytest.fixture
def keys(wire: Wire) -> list[tuple[str, bool]]:
    """Which key the file servers were told to show, in order; True: their own."""
    seen: list[tuple[str, bool]] = []
    wire.world.on_host_key = lambda party, own: seen.append((party, own))
    return seen


def test_a_strange_key_is_shown_from_the_event_on_and_then_its_own_again(
    wire: Wire, keys: list[tuple[str, bool]]
) -> None:
    armed = wire.arm("host-key-changes", party="west", begins_with=RELEASED, for_s=1.5)
    wire.happens("erp", RELEASED)
    wire.happens("erp", RELEASED)
    wire.clock.advance(timedelta(seconds=1.4))
    assert keys == [("west", False)]
    wire.clock.advance(timedelta(seconds=0.1))
    assert keys == [("west", False), ("west", True)]
    assert armed.fired == 1


def test_it_ends_when_the_scenario_heals_and_not_a_second_time(wire: Wire, keys: list[tuple[str, bool]]) -> None:
    wire.arm("host-key-changes", party="west", begins_with=RELEASED, for_s=9.0)
    wire.happens("erp", RELEASED)
    wire.faults.heal(SCENARIO)
    wire.clock.advance(timedelta(seconds=10))
    assert keys == [("west", False), ("west", True)]


def test_no_other_message_begins_it(wire: Wire) -> None:
    armed = wire.arm("host-key-changes", party="west", begins_with=RELEASED, order="A")
    wire.happens("erp", "crossdock.sales-order.changed.v1")
    for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", ""):
        wire.happens("erp", RELEASED, order_id)
    assert wire.step("west", "login") is None
    assert armed.fired == 0
