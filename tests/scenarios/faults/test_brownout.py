"""brownout: a party serves nobody for a while."""

from datetime import timedelta

import pytest

from crossdock.simulators.interference import Answer, AnswerEffect, Message
from crossdock.tests.scenarios.conftest import SCENARIO, Wire

PLACED = "crossdock.order.submitted.v1"
TURNED_AWAY = Answer(503, "brownout")


def asked(
    wire: Wire, party: str = "erp", operation: str = "getAvailability", order_id: str = ""
) -> AnswerEffect | None:
    return wire.request(party, operation, order_id)


def test_every_request_is_turned_away_whatever_it_asks_for_until_it_is_over(wire: Wire) -> None:
    armed = wire.arm("brownout", party="erp", begins_with=PLACED, for_s=2.0)
    assert asked(wire) is None
    wire.event("crm", PLACED)
    assert [asked(wire), asked(wire, operation="issueToken"), asked(wire, order_id="CO-X")] == [TURNED_AWAY] * 3
    wire.clock.advance(timedelta(seconds=1.9))
    assert asked(wire) == TURNED_AWAY
    wire.clock.advance(timedelta(seconds=0.1))
    assert asked(wire) is None
    assert armed.fired == 1


def test_it_asks_for_patience_where_that_is_wished(wire: Wire) -> None:
    wire.arm("brownout", party="erp", begins_with=PLACED, retry_after_s=3)
    wire.event("crm", PLACED)
    assert asked(wire) == Answer(503, "brownout", headers=(("Retry-After", "3"),))


def test_it_strikes_once(wire: Wire) -> None:
    wire.arm("brownout", party="erp", begins_with=PLACED, for_s=1.0)
    wire.event("crm", PLACED)
    wire.clock.advance(timedelta(seconds=2))
    wire.event("crm", PLACED)
    assert asked(wire) is None


def test_it_is_over_when_the_scenario_heals(wire: Wire) -> None:
    wire.arm("brownout", party="erp", begins_with=PLACED)
    wire.event("crm", PLACED)
    wire.faults.heal(SCENARIO)
    assert asked(wire) is None


@pytest.mark.parametrize("event", [("crm", PLACED, "CO-B"), ("crm", PLACED, "CO-X"), ("crm", f"{PLACED}1", "CO-A")])
def test_no_other_message_begins_it(event: tuple[str, str, str], wire: Wire) -> None:
    wire.arm("brownout", party="erp", begins_with=PLACED, order="A")
    wire.event(*event)
    assert asked(wire) is None


def test_no_other_party_is_struck_and_no_file(wire: Wire) -> None:
    wire.arm("brownout", party="erp", begins_with=PLACED)
    wire.event("crm", PLACED)
    assert asked(wire, "crm") is None
    assert wire.faults.before(Message("request", "erp", "createSalesOrder", "CO-A", in_file=True)) is None
