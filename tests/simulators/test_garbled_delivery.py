"""A delivery that brings something else than the event."""

from crossdock.simulators.interference import Sending
from crossdock.tests.simulators.subscriber import REFUSED, Interfering, Post


async def test_interference_can_garble_the_first_try_alone() -> None:
    post = Post()
    post.subscriber.answers.append(REFUSED)
    post.outbox.interference = Interfering(Sending(payload=b"{", once=True))
    await post.write("n1")
    await post.advance(2)

    assert [received.body[:1] for received in post.subscriber.received] == [b"{", b"{"]
    assert [len(received.body) > 1 for received in post.subscriber.received] == [False, True]
    told = [detail for kind, detail in post.journaled() if kind == "invoke"]
    assert [("event" in detail, "insteadOf" in detail) for detail in told] == [(False, True), (True, False)]
