"""stale-connection: connections that were kept open are dead, and nobody has said so."""

import pytest

from crossdock.scenarios.wire.rule import Cut, Rule, Silence
from crossdock.tests.scenarios.faults.between import Struck

SHIPPED = "crossdock.shipment.shipped.v1"


@pytest.mark.parametrize(("how", "rule"), [("swallowed", Silence()), ("reset", Cut())])
def test_connections_that_are_open_are_dead_for_the_next_request(struck: Struck, how: str, rule: Rule) -> None:
    armed = struck.arm("stale-connection", party="erp", begins_with=SHIPPED, how=how)

    struck.event("west", SHIPPED)

    answers, requests = struck.line.laid
    assert (answers.rule, answers.way) == (Silence(), "down")
    assert (requests.rule, requests.way) == (rule, "up")
    assert struck.relay.armed == {}, "new connections are as good as ever"
    assert armed.fired == 0
    requests.struck()
    assert armed.fired == 1
    assert struck.told() == [("stale-connection", "erp", "", {"place": "relay", "effect": how})]


def test_in_the_end_they_are_buried(struck: Struck) -> None:
    struck.arm("stale-connection", party="erp", begins_with=SHIPPED, for_s=2.0)
    struck.event("west", SHIPPED)
    assert struck.line.resets == 0
    struck.pass_time(2)
    assert struck.line.resets == 1


def test_no_other_message_begins_it(struck: Struck) -> None:
    assert not struck.begun_by_others("stale-connection", "erp", SHIPPED)
