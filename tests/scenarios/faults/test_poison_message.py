"""poison-message: a message that nobody can read stands in a queue, before an event."""

from crossdock.simulators.interference import Sending, Sendings
from crossdock.tests.scenarios.conftest import Wire

SHIPPED = "crossdock.shipment.shipped.v1"


def test_garbage_goes_out_first_and_the_event_behind_it(wire: Wire) -> None:
    armed = wire.arm("poison-message", party="east", event_type=SHIPPED, text="garbage")

    assert wire.event("east", SHIPPED) == Sendings("poison-message", (Sending(payload=b"garbage"), Sending()))
    assert armed.fired == 1


def test_it_is_half_a_document_where_nothing_is_said(wire: Wire) -> None:
    wire.arm("poison-message", party="east", event_type=SHIPPED)

    struck = wire.event("east", SHIPPED)
    assert struck is not None
    assert struck.sendings[0].payload == b'{"specversion": "1.0", "id": '


def test_no_other_message_is_struck(wire: Wire) -> None:
    wire.arm("poison-message", party="east", event_type=SHIPPED, order="A")
    assert wire.event("west", SHIPPED) is None
    assert wire.event("east", "crossdock.tracking.milestone.v1") is None
    assert wire.event("east", SHIPPED, "CO-B") is None
    assert wire.event("east", SHIPPED, "CO-X") is None
