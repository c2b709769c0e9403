"""one-way-partition: what one side says does not arrive, what the other says does."""

import pytest

from crossdock.scenarios.wire.rule import Aim, Hold, Way
from crossdock.tests.scenarios.faults.between import Struck, as_line

SUBMITTED = "crossdock.order.submitted.v1"


@pytest.mark.parametrize(("lost", "way"), [("answers", "down"), ("requests", "up")])
def test_one_way_is_held_for_so_long_and_the_other_is_free(struck: Struck, lost: str, way: Way) -> None:
    armed = struck.arm("one-way-partition", party="erp", begins_with=SUBMITTED, lost=lost, for_s=1.5)

    struck.event("crm", SUBMITTED)

    ((aim, meets),) = struck.relay.armed.items()
    assert aim == Aim(Hold(), way, open_ones=True)
    assert armed.fired == 0
    meets(as_line(struck.line))
    struck.pass_time(1.5)
    assert struck.relay.armed == {}
    assert armed.fired == 1
    held = {"place": "relay", "effect": "hold", "way": way}
    assert [detail for _, _, _, detail in struck.told()] == [{"reachable": False}, held, {"reachable": True}]


def test_it_begins_once_whichever_order_comes_first(struck: Struck) -> None:
    struck.arm("one-way-partition", party="erp", begins_with=SUBMITTED, for_s=1.0)
    struck.event("crm", SUBMITTED, "CO-B")
    struck.pass_time(2)
    struck.event("crm", SUBMITTED, "CO-A")
    assert struck.relay.armed == {}
    assert len(struck.told()) == 2


def test_it_ends_when_the_scenario_heals_and_not_a_second_time(struck: Struck) -> None:
    struck.arm("one-way-partition", party="erp", begins_with=SUBMITTED, for_s=9.0)
    struck.event("crm", SUBMITTED)
    struck.faults.heal("some-scenario")
    assert struck.relay.armed == {}
    struck.pass_time(10)
    assert [detail for _, _, _, detail in struck.told()] == [{"reachable": False}, {"reachable": True}]


def test_no_other_message_begins_it(struck: Struck) -> None:
    assert not struck.begun_by_others("one-way-partition", "erp", SUBMITTED)
