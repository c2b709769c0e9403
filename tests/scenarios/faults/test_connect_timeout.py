"""connect-timeout: an attempt to connect gets no answer."""

from crossdock.tests.scenarios.faults.between import Struck

RELEASED = "crossdock.fulfilment.released.v1"


def test_who_connects_gets_no_answer_for_so_long(struck: Struck) -> None:
    armed = struck.arm("connect-timeout", party="east", begins_with=RELEASED, for_s=1.5)

    struck.event("erp", RELEASED)

    assert struck.relay.done == ["deafen", "reset all"]
    assert armed.fired == 1
    struck.pass_time(1.5)
    assert struck.relay.done == ["deafen", "reset all", "accept"]
    assert [detail for _, _, _, detail in struck.told()] == [{"reachable": False}, {"reachable": True}]


def test_no_other_message_begins_it(struck: Struck) -> None:
    assert not struck.begun_by_others("connect-timeout", "east", RELEASED)
