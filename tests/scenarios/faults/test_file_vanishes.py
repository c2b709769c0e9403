"""file-vanishes: a file is gone between listing and opening."""

from crossdock.simulators.channels.sftp.interference import Vanish
from crossdock.tests.scenarios.conftest import Wire


def test_it_is_gone_when_it_is_opened_the_second_time(wire: Wire) -> None:
    armed = wire.arm("file-vanishes", party="west", document="214", nth=2, back_after_s=0.3)
    assert wire.fetch("west", "214") is None
    assert wire.fetch("west", "214") == Vanish("file-vanishes", 0.3)
    assert wire.fetch("west", "214") is None
    assert armed.fired == 1


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_fetches("file-vanishes", "945"))
