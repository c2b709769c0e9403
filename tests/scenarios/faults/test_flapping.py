"""flapping: the party is there and gone, again and again."""

from crossdock.tests.scenarios.faults.between import Struck

RELEASED = "crossdock.fulfilment.released.v1"
DOWN, UP = ["refuse", "reset all"], ["accept"]


def test_the_line_goes_down_and_up_and_is_up_in_the_end(struck: Struck) -> None:
    armed = struck.arm("flapping", party="east", begins_with=RELEASED, every_s=0.5, for_s=1.75)

    struck.event("erp", RELEASED)
    assert struck.relay.done == DOWN
    struck.pass_time(0.5)
    assert struck.relay.done == DOWN + UP
    struck.pass_time(10)

    assert struck.relay.done == (DOWN + UP) * 2 + UP
    assert armed.fired == 2
    told = [detail["reachable"] for _, _, _, detail in struck.told()]
    assert told == [False, True, False, True, True]
    assert not struck.between.busy


def test_it_is_up_at_once_when_the_scenario_heals(struck: Struck) -> None:
    struck.arm("flapping", party="east", begins_with=RELEASED, every_s=0.5, for_s=9.0)
    struck.event("erp", RELEASED)
    struck.faults.heal("some-scenario")
    struck.pass_time(10)
    assert struck.relay.done == DOWN + UP


def test_no_other_message_begins_it(struck: Struck) -> None:
    assert not struck.begun_by_others("flapping", "east", RELEASED)
