"""request-unread: the warehouse says that it could not read a good request."""

from crossdock.simulators.channels.files.interference import NotRead
from crossdock.tests.scenarios.conftest import Wire

REQUEST = "createFulfilmentRequest"


def test_the_first_request_is_not_read_and_the_second_is(wire: Wire) -> None:
    armed = wire.arm("request-unread", party="west", operation=REQUEST)
    assert wire.reading("west", REQUEST) == NotRead("request-unread")
    assert wire.reading("west", REQUEST) is None
    assert armed.fired == 1


def test_a_request_that_comes_over_http_is_left_alone(wire: Wire) -> None:
    armed = wire.arm("request-unread", party="west", operation=REQUEST)
    assert wire.request("west", REQUEST) is None
    assert armed.fired == 0


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_readings("request-unread", REQUEST))
