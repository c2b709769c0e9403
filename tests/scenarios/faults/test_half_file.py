"""half-file: a file has its name before it is whole."""

from crossdock.simulators.channels.files.interference import Appearance
from crossdock.tests.scenarios.conftest import Wire


def test_the_first_octets_are_there_and_the_rest_comes_later(wire: Wire) -> None:
    armed = wire.arm("half-file", party="west", document="945", octets=100, rest_after_s=0.4)
    effect = wire.document("west", "945")
    assert effect is not None
    assert effect.appearances == (Appearance(octets=100, rest_after_s=0.4),)
    assert effect.tells
    assert armed.fired == 1


def test_what_never_becomes_whole_tells_nothing_and_may_be_told_again(wire: Wire) -> None:
    wire.arm("half-file", party="west", document="945", octets=100, rest_after_s=None, again_h=24)
    effect = wire.document("west", "945")
    assert effect is not None
    assert not effect.tells
    assert effect.again_h == 24


def test_a_document_that_is_no_longer_than_that_is_left_alone(wire: Wire) -> None:
    armed = wire.arm("half-file", party="west", document="945", octets=600)
    assert wire.document("west", "945", content=b"x" * 600) is None
    assert armed.fired == 0


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("half-file", "945"))
