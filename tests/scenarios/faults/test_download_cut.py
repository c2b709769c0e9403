"""download-cut: the connection is lost in the middle of a download."""

from crossdock.simulators.channels.sftp.interference import CutTransfer
from crossdock.tests.scenarios.conftest import Wire


def test_the_first_opening_of_the_document_is_to_be_cut_and_counts_once_it_is(wire: Wire) -> None:
    armed = wire.arm("download-cut", party="west", document="945", octets=120)
    effect = wire.fetch("west", "945", "crossdock.shipment.shipped.v1")
    assert effect == CutTransfer(120, "download-cut")
    assert armed.fired == 0, "a shorter file passes"
    assert isinstance(effect, CutTransfer)
    effect.struck()
    assert armed.fired == 1
    assert wire.fetch("west", "945") is None


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_fetches("download-cut", "945"))
