"""slow-consumer: a request from a queue is held up, and others wait behind it."""

from crossdock.simulators.interference import Delay
from crossdock.tests.scenarios.conftest import Wire

REQUEST = "createFulfilmentRequest"


def test_the_request_waits_before_it_is_carried_out(wire: Wire) -> None:
    armed = wire.arm("slow-consumer", party="east", operation=REQUEST, by_s=1.5)

    assert wire.request("east", REQUEST) == Delay(1.5, "slow-consumer")
    assert wire.request("east", REQUEST) is None
    assert armed.fired == 1


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert list(wire.others("slow-consumer", "east", REQUEST)) == [None] * 6
    assert wire.reply("east", REQUEST) is None
