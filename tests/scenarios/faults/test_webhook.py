"""webhook-answer-lost, webhook-cut, webhook-slow: an event that trickles in, breaks off, or is never seen to arrive."""

from typing import Any, cast

import pytest

from crossdock.scenarios.wire.delivery import StruckPost
from crossdock.scenarios.wire.rule import Cut, Pace, Rule
from crossdock.simulators.interference import Sending
from crossdock.tests.scenarios.faults.between import Struck
from crossdock.tests.scenarios.faults.posting import deliver_by, usual

SHIPPED = "crossdock.shipment.shipped.v1"
FAULTS: dict[str, tuple[dict[str, Any], Rule, str]] = {
    "webhook-answer-lost": ({}, Cut(reset=True), "down"),
    "webhook-cut": ({"after_octets": 40}, Cut(40, reset=True), "up"),
    "webhook-slow": ({"piece_octets": 10, "every_s": 0.01}, Pace(10, 0.01), "up"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_event_goes_through_a_relay_of_its_own_for_so_many_attempts(struck: Struck, fault: str) -> None:
    deliver_by(struck, usual)
    parameters, rule, way = FAULTS[fault]
    armed = struck.arm(fault, party="west", event_type=SHIPPED, attempts=2, **parameters)

    sendings = struck.event("west", SHIPPED)

    assert sendings is not None
    assert (sendings.fault, sendings.sendings) == (fault, (Sending(),))
    post = cast("StruckPost", sendings.sendings[0].post)
    assert (post.rule, post.way, post.left) == (rule, way, 2)
    assert armed.fired == 0
    post.struck()
    assert armed.fired == 1
    assert struck.told() == [], "the outbox writes down that it goes another way"
    assert struck.event("west", SHIPPED) is None


@pytest.mark.parametrize("fault", FAULTS)
def test_no_other_message_is_struck(struck: Struck, fault: str) -> None:
    deliver_by(struck, usual)
    struck.arm(fault, party="west", event_type=SHIPPED, order="A")
    others = [("east", SHIPPED, "CO-A"), ("west", "crossdock.tracking.milestone.v1", "CO-A")]
    others += [("west", SHIPPED, order_id) for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", "")]
    assert [struck.event(*other) for other in others] == [None] * len(others)
