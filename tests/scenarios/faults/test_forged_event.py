"""forged-event: before an event comes another one in the party's name, which the party never sent."""

import pytest

from crossdock.scenarios.faults.forged_event import OTHER_SECRET
from crossdock.scenarios.scenario import fault_of
from crossdock.simulators.forgery import Forgery
from crossdock.simulators.interference import Message, Sending, Sendings
from crossdock.tests.scenarios.conftest import Wire

SUBMITTED = "crossdock.order.submitted.v1"
SAYS = {"/shipTo/line1": "1 Forger's Row"}


def told(wire: Wire, order_id: str = "CO-A", *, party: str = "crm", channel: str = "webhook") -> Sendings | None:
    return wire.faults.deliver(Message("event", party, SUBMITTED, order_id, channel=channel))


def test_another_content_comes_first_with_a_secret_that_nobody_knows(wire: Wire) -> None:
    armed = wire.arm("forged-event", party="crm", event_type=SUBMITTED, says=SAYS)

    forgery = Forgery(SAYS, OTHER_SECRET)
    assert told(wire) == Sendings("forged-event", (Sending(forgery=forgery), Sending(after=0.5)))
    assert armed.fired == 1


def test_or_with_the_right_secret_an_hour_ago(wire: Wire) -> None:
    wire.arm("forged-event", party="crm", event_type=SUBMITTED, says=SAYS, form="old-signature", after_s=1.0)

    forgery = Forgery(SAYS, signed_ago_s=3600)
    assert told(wire) == Sendings("forged-event", (Sending(forgery=forgery), Sending(after=1.0)))


@pytest.mark.parametrize("channel", ["http", "queue"])
def test_where_there_is_no_webhook_it_never_strikes(channel: str, wire: Wire) -> None:
    armed = wire.arm("forged-event", party="crm", event_type=SUBMITTED, says=SAYS)

    assert told(wire, channel=channel) is None
    assert armed.fired == 0


def test_no_other_message_is_struck(wire: Wire) -> None:
    wire.arm("forged-event", party="crm", event_type=SUBMITTED, says=SAYS, order="A")

    assert told(wire, party="erp") is None
    assert told(wire, "CO-B") is None
    assert told(wire, "CO-X") is None
    assert told(wire) is not None


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        ({}, "says nothing else than the true event: give a JSON Pointer and another value"),
        ({"code": "lost"}, "has 'code', which is no JSON Pointer: begin it with /, as in /lines/0/sku"),
    ],
)
def test_what_is_made_up_must_be_something(says: dict[str, str], problem: str) -> None:
    fault = fault_of({"fault": "forged-event", "party": "crm", "event_type": SUBMITTED, "says": says})

    assert list(fault.contradictions()) == [("says", problem)]
