"""webhook-slow: an event trickles in."""

from typing import cast

from crossdock.scenarios.wire.delivery import StruckPost
from crossdock.scenarios.wire.rule import Pace
from crossdock.simulators.interference import Sending
from crossdock.tests.scenarios.faults.between import Struck
from crossdock.tests.scenarios.faults.posting import deliver_by, usual

SHIPPED = "crossdock.shipment.shipped.v1"


def test_the_event_goes_through_a_relay_of_its_own_for_so_many_attempts(struck: Struck) -> None:
    deliver_by(struck, usual)
    armed = struck.arm("webhook-slow", party="west", event_type=SHIPPED, attempts=2, piece_octets=10, every_s=0.01)

    sendings = struck.event("west", SHIPPED)

    assert sendings is not None
    assert (sendings.fault, sendings.sendings) == ("webhook-slow", (Sending(),))
    post = cast("StruckPost", sendings.sendings[0].post)
    assert (post.rule, post.way, post.left) == (Pace(10, 0.01), "up", 2)
    assert armed.fired == 0
    post.struck()
    assert armed.fired == 1
    assert struck.told() == [], "the outbox writes down that it goes another way"
    assert struck.event("west", SHIPPED) is None


def test_no_other_message_is_struck(struck: Struck) -> None:
    deliver_by(struck, usual)
    struck.arm("webhook-slow", party="west", event_type=SHIPPED, order="A")
    others = [("east", SHIPPED, "CO-A"), ("west", "crossdock.tracking.milestone.v1", "CO-A")]
    others += [("west", SHIPPED, order_id) for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", "")]
    assert [struck.event(*other) for other in others] == [None] * len(others)
