"""duplicate-event: the same event is delivered more than once."""

from crossdock.simulators.interference import Sending, Sendings
from crossdock.tests.scenarios.conftest import Wire

SUBMITTED = "crossdock.order.submitted.v1"


def test_an_event_goes_out_so_many_times_at_once(wire: Wire) -> None:
    armed = wire.arm("duplicate-event", party="crm", event_type=SUBMITTED, copies=3)
    assert wire.event("crm", SUBMITTED) == Sendings("duplicate-event", (Sending(), Sending(), Sending()))
    assert wire.event("crm", SUBMITTED) is None
    assert armed.fired == 1


def test_the_copies_may_follow_each_other_under_new_ids(wire: Wire) -> None:
    wire.arm("duplicate-event", party="crm", event_type=SUBMITTED, copies=3, after_s=0.5, new_id=True)
    sendings = wire.event("crm", SUBMITTED)
    assert sendings == Sendings("duplicate-event", (Sending(0.0, False), Sending(0.5, True), Sending(1.0, True)))


def test_no_other_message_is_struck(wire: Wire) -> None:
    wire.arm("duplicate-event", party="crm", event_type=SUBMITTED, order="B")
    assert wire.event("erp", SUBMITTED, "CO-B") is None
    assert wire.event("crm", "crossdock.case.changed.v1", "CO-B") is None
    assert wire.event("crm", SUBMITTED, "CO-A") is None
    assert wire.event("crm", SUBMITTED, "CO-X") is None
    assert wire.event("crm", SUBMITTED, "CO-B") is not None
