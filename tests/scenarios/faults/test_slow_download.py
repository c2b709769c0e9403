"""slow-download: a file comes in drops."""

from crossdock.simulators.channels.sftp.interference import SlowTransfer
from crossdock.tests.scenarios.conftest import Wire


def test_the_addressed_document_comes_at_that_speed_and_the_next_does_not(wire: Wire) -> None:
    armed = wire.arm("slow-download", party="regional", document="ship_confirm", octets_per_s=300)
    assert wire.fetch("regional", "ship_confirm") == SlowTransfer(300, "slow-download")
    assert wire.fetch("regional", "ship_confirm") is None
    assert armed.fired == 1


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_fetches("slow-download", "945"))
