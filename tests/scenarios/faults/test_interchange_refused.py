"""interchange-refused: the warehouse refuses a whole interchange by a TA1, and no 997 ever comes."""

from crossdock.simulators.channels.files.interference import NotRead
from crossdock.tests.scenarios.conftest import Wire

REQUEST = "createFulfilmentRequest"


def test_the_interchange_of_the_first_request_is_refused_and_that_of_the_second_is_not(wire: Wire) -> None:
    armed = wire.arm("interchange-refused", party="west", operation=REQUEST)
    assert wire.reading("west", REQUEST) == NotRead("interchange-refused", "the interchange is refused", whole=True)
    assert wire.reading("west", REQUEST) is None
    assert armed.fired == 1


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_readings("interchange-refused", REQUEST))
