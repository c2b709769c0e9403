"""layer-stop: the layer is stopped as for an update."""

import pytest

from crossdock.scenarios.layer import Downtime
from crossdock.tests.scenarios.conftest import SCENARIO, Wire

PLACED = "crossdock.order.submitted.v1"
STOPPED = Downtime("layer-stop", 0.7, gently=True, after_s=0.2)


def test_it_is_told_to_end_once_when_the_event_has_gone_out(wire: Wire) -> None:
    armed = wire.arm("layer-stop", begins_with=PLACED, after_s=0.2, down_s=0.7)
    assert wire.delivered("crm", PLACED) is None, "the event itself goes out"
    wire.delivered("crm", PLACED, "CO-A2")
    assert wire.layer.down == [STOPPED]
    assert armed.fired == 1


def test_an_event_that_is_sent_again_counts_from_its_next_sending_on(wire: Wire) -> None:
    wire.arm("layer-stop", begins_with=PLACED)
    wire.event("crm", PLACED)
    assert wire.layer.down == []


def test_a_layer_that_polls_is_told_to_end_when_it_has_read_the_event(wire: Wire) -> None:
    armed = wire.arm("layer-stop", begins_with=PLACED, after_s=0.2, down_s=0.7)
    wire.reads_feed("crm")
    wire.event("crm", PLACED, polled=True)
    wire.reads_feed("erp")
    assert wire.layer.down == [], "it has not read that feed"
    wire.reads_feed("crm")
    assert wire.layer.down == [STOPPED]
    assert armed.fired == 1


def test_reading_a_feed_beside_webhooks_does_not_end_it(wire: Wire) -> None:
    wire.arm("layer-stop", begins_with=PLACED)
    wire.event("crm", PLACED)
    wire.reads_feed("crm")
    assert wire.layer.down == []


def test_it_does_not_strike_once_the_scenario_has_healed(wire: Wire) -> None:
    wire.arm("layer-stop", begins_with=PLACED)
    wire.event("crm", PLACED)
    wire.faults.heal(SCENARIO)
    wire.delivered("crm", PLACED, "CO-X")
    assert wire.layer.down == []


@pytest.mark.parametrize("event", [("crm", PLACED, "CO-B"), ("crm", PLACED, "CO-X"), ("crm", f"{PLACED}1", "CO-A")])
def test_no_other_message_begins_it(event: tuple[str, str, str], wire: Wire) -> None:
    wire.arm("layer-stop", begins_with=PLACED, order="A")
    wire.delivered(*event)
    assert wire.layer.down == []
