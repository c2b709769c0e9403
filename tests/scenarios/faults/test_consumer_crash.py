"""consumer-crash: the reader of a queue dies with a request in its hands."""

import pytest

from crossdock.scenarios.fault import faults
from crossdock.simulators.interference import Withhold
from crossdock.tests.scenarios.conftest import Wire

REQUEST = "createFulfilmentRequest"
CRASH = Withhold(0.0, "consumer-crash")


def test_it_dies_after_the_effect_unless_it_is_told_to_die_before(wire: Wire) -> None:
    wire.arm("consumer-crash", party="east", operation=REQUEST, order="A")
    wire.arm("consumer-crash", party="east", operation=REQUEST, order="B", when="before")

    assert wire.request("east", REQUEST, "CO-A") == CRASH
    assert wire.request("east", REQUEST, "CO-B") == CRASH
    assert [armed.fired for armed in wire.faults.armed] == [1, 1]


def test_a_message_that_comes_again_is_carried_out(wire: Wire) -> None:
    armed = wire.arm("consumer-crash", party="east", operation=REQUEST, when="before")

    assert [wire.request("east", REQUEST) for _ in range(3)] == [CRASH, None, None]
    assert armed.fired == 1


def test_it_strikes_queues_only_and_alone_for_others_are_in_the_same_hands() -> None:
    assert faults["consumer-crash"].channels == {"queue"}
    assert faults["consumer-crash"].exclusive


@pytest.mark.parametrize("when", ["before", "after"])
def test_no_other_message_is_struck(wire: Wire, when: str) -> None:
    assert list(wire.others("consumer-crash", "east", REQUEST)) == [None] * 6
    wire.arm("consumer-crash", party="east", operation=REQUEST, when=when)
    assert wire.reply("east", REQUEST) is None
    assert wire.request("east", REQUEST) == CRASH, "a reply is not counted"
