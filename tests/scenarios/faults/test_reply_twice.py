"""reply-twice: a reply from a queue comes more than once."""

from crossdock.simulators.interference import Sending, Sendings
from crossdock.tests.scenarios.conftest import Wire

REQUEST = "createFulfilmentRequest"


def test_the_reply_comes_as_often_as_it_is_told_to_and_so_far_apart(wire: Wire) -> None:
    armed = wire.arm("reply-twice", party="east", operation=REQUEST, copies=3, after_s=0.5)

    assert wire.reply("east", REQUEST) == Sendings("reply-twice", (Sending(0.0), Sending(0.5), Sending(1.0)))
    assert armed.fired == 1


def test_it_comes_twice_at_once_where_nothing_is_said(wire: Wire) -> None:
    wire.arm("reply-twice", party="east", operation=REQUEST)

    assert wire.reply("east", REQUEST) == Sendings("reply-twice", (Sending(), Sending()))


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert list(wire.others("reply-twice", "east", REQUEST)) == [None] * 6
    assert wire.reply("west", REQUEST) is None
    assert wire.reply("east", REQUEST, "CO-B") is None
