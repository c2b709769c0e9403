"""lost-file: a document never comes."""

from crossdock.tests.scenarios.conftest import Wire


def test_it_is_never_put_out_and_may_be_told_again(wire: Wire) -> None:
    armed = wire.arm("lost-file", party="west", document="945", again_h=24, times=2)
    for _ in range(2):
        effect = wire.document("west", "945")
        assert effect is not None
        assert not effect.appearances
        assert not effect.tells
        assert effect.again_h == 24
    assert wire.document("west", "945") is None
    assert armed.fired == 2


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("lost-file", "945"))
