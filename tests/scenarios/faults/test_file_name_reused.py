"""file-name-reused: a new document comes under the name of an old one."""

from crossdock.simulators.channels.files.interference import Appearance, PutOut
from crossdock.tests.scenarios.conftest import Wire

EARLIER = PutOut("945_000000003.edi", 3)


def test_it_comes_later_under_the_name_of_the_one_before_it(wire: Wire) -> None:
    armed = wire.arm("file-name-reused", party="west", document="945", after_h=12)
    effect = wire.document("west", "945", previous=EARLIER)
    assert effect is not None
    assert effect.appearances == (Appearance(12, "945_000000003.edi"),)
    assert effect.tells
    assert armed.fired == 1


def test_where_there_is_none_before_it_nothing_is_struck(wire: Wire) -> None:
    armed = wire.arm("file-name-reused", party="west", document="945")
    assert wire.document("west", "945") is None
    assert armed.fired == 0


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("file-name-reused", "945"))
