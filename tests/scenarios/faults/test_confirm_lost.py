"""confirm-lost: the broker stores an event, and its confirm is lost."""

from crossdock.simulators.interference import Sending, Sendings
from crossdock.tests.scenarios.conftest import Wire

SHIPPED = "crossdock.shipment.shipped.v1"


def test_the_event_goes_out_and_the_party_is_told_nothing(wire: Wire) -> None:
    armed = wire.arm("confirm-lost", party="east", event_type=SHIPPED, times=2)

    struck = Sendings("confirm-lost", (Sending(unheard=True),))
    assert [wire.event("east", SHIPPED) for _ in range(3)] == [struck, struck, None]
    assert armed.fired == 2


def test_no_other_message_is_struck(wire: Wire) -> None:
    wire.arm("confirm-lost", party="east", event_type=SHIPPED, order="A")
    assert wire.event("west", SHIPPED) is None
    assert wire.event("east", "crossdock.tracking.milestone.v1") is None
    assert wire.event("east", SHIPPED, "CO-B") is None
