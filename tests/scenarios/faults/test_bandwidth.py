"""bandwidth: the line to a party carries little."""

from crossdock.scenarios.wire.rule import Aim, Pace
from crossdock.tests.scenarios.faults.between import Struck, as_line

RELEASED = "crossdock.fulfilment.released.v1"


def test_every_connection_is_slow_both_ways_for_so_long(struck: Struck) -> None:
    armed = struck.arm("bandwidth", party="east", begins_with=RELEASED, for_s=1.5, octets_per_s=1000)

    assert struck.event("erp", RELEASED) is None, "the event itself goes out"

    assert set(struck.relay.armed) == {Aim(Pace(20, 0.02), way, open_ones=True) for way in ("up", "down")}
    assert (armed.fired, struck.told()) == (0, []), "nobody has met it yet"
    for meets in struck.relay.armed.values():
        meets(as_line(struck.line))
    assert armed.fired == 2
    assert [(name, party, order) for name, party, order, _ in struck.told()] == [("bandwidth", "east", "")] * 2
    struck.pass_time(1.4)
    assert struck.between.busy
    struck.pass_time(0.2)
    assert struck.relay.armed == {}
    assert not struck.between.busy


def test_no_other_message_begins_it(struck: Struck) -> None:
    assert not struck.begun_by_others("bandwidth", "east", RELEASED)
