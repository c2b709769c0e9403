"""delay-event: an event comes late, after younger ones."""

from crossdock.simulators.interference import Sending, Sendings
from crossdock.tests.scenarios.conftest import Wire

MILESTONE = "crossdock.tracking.milestone.v1"


def test_the_third_milestone_of_an_order_comes_late_and_no_other(wire: Wire) -> None:
    armed = wire.arm("delay-event", party="east", event_type=MILESTONE, nth=3, by_s=2.5)
    late = Sendings("delay-event", (Sending(2.5),))
    assert [wire.event("east", MILESTONE) for _ in range(5)] == [None, None, late, None, None]
    assert armed.fired == 1


def test_milestones_are_counted_for_each_order_by_itself(wire: Wire) -> None:
    wire.arm("delay-event", party="east", event_type=MILESTONE, nth=2)
    assert wire.event("east", MILESTONE, "CO-A") is None
    assert wire.event("east", MILESTONE, "CO-B") is None
    assert wire.event("east", MILESTONE, "CO-A") is not None
    assert wire.event("east", MILESTONE, "CO-B") is not None


def test_no_other_message_is_struck(wire: Wire) -> None:
    wire.arm("delay-event", party="east", event_type=MILESTONE, order="A")
    assert wire.event("west", MILESTONE) is None
    assert wire.event("east", "crossdock.shipment.shipped.v1") is None
    assert wire.event("east", MILESTONE, "CO-B") is None
    assert wire.event("east", MILESTONE, "CO-X") is None
    assert wire.event("east", MILESTONE, "") is None
    assert wire.request("east", "getTracking") is None
