"""reply-lost: a request from a queue is carried out, and the reply is lost."""

from crossdock.simulators.interference import Sendings
from crossdock.tests.scenarios.conftest import Wire

REQUEST = "createFulfilmentRequest"


def test_the_request_is_carried_out_and_the_reply_never_goes_out(wire: Wire) -> None:
    armed = wire.arm("reply-lost", party="east", operation=REQUEST)

    assert wire.request("east", REQUEST) is None
    assert wire.reply("east", REQUEST) == Sendings("reply-lost")
    assert armed.fired == 1


def test_the_next_reply_arrives(wire: Wire) -> None:
    wire.arm("reply-lost", party="east", operation=REQUEST)
    wire.reply("east", REQUEST)

    assert wire.reply("east", REQUEST) is None


def test_it_can_be_the_second_of_each_order(wire: Wire) -> None:
    wire.arm("reply-lost", party="east", operation=REQUEST, nth=2)

    replies = [wire.reply("east", REQUEST, order_id) for order_id in ("CO-A", "CO-B", "CO-A", "CO-B")]
    assert [reply is not None for reply in replies] == [False, False, True, True]


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert list(wire.others("reply-lost", "east", REQUEST)) == [None] * 6
    assert wire.reply("west", REQUEST) is None
    assert wire.reply("east", "createReturn") is None
    assert wire.reply("east", REQUEST, "CO-B") is None
    assert wire.event("east", "crossdock.shipment.shipped.v1") is None
