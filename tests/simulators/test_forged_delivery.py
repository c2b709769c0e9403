"""A delivery in the party's name that the party never made."""

from typing import Any

from crossdock.simulators.forgery import Forgery
from crossdock.simulators.interference import Sending
from crossdock.simulators.webhook import signed_headers
from crossdock.tests.simulators.subscriber import REFUSED, SECRET, Interfering, Post, Received

OTHER_SECRET = "whsec_bm90IHRoZSBvbmUgdGhhdCB3YXMgYWdyZWVkIHVwb24="
SAYS = {"/text": "made up"}


async def forged(forgery: Forgery, *answers: int | Exception) -> Post:
    """A subscriber that gives these answers is told a forged event, and the true one half a second later."""
    post = Post()
    post.subscriber.answers.extend(answers)
    post.outbox.interference = Interfering(Sending(forgery=forgery), Sending(after=0.5))
    await post.write("n1")
    await post.advance(2)
    return post


def texts(post: Post) -> list[str]:
    return [received.event["data"]["text"] for received in post.subscriber.received]


def is_signed(received: Received, secret: str) -> bool:
    """Whether the signature is that of this secret, for the time that stands beside it."""
    given = received.headers
    right = signed_headers(secret, given["webhook-id"], int(given["webhook-timestamp"]), received.body)
    return right["webhook-signature"] == given["webhook-signature"]


def told(post: Post, kind: str) -> list[Any]:
    return [detail for each, detail in post.journaled() if each == kind]


async def test_something_else_comes_under_the_same_id_signed_with_another_secret() -> None:
    post = await forged(Forgery(SAYS, OTHER_SECRET), 401)

    first, second = post.subscriber.received
    assert texts(post) == ["made up", ""]
    assert first.event["id"] == second.event["id"] == first.headers["webhook-id"]
    assert {**first.event, "data": 0} == {**second.event, "data": 0}, "all the rest is copied"
    assert (is_signed(first, SECRET), is_signed(first, OTHER_SECRET), is_signed(second, SECRET)) == (False, True, True)


async def test_or_with_the_right_one_long_ago() -> None:
    post = await forged(Forgery(SAYS, signed_ago_s=3600), 401)

    first, second = post.subscriber.received
    assert is_signed(first, SECRET)
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) in (3600, 3601)


async def test_it_comes_once_whatever_is_answered_and_the_party_hears_nothing_of_it() -> None:
    for answer in (202, 401, 410, 503, REFUSED):
        post = await forged(Forgery(SAYS, OTHER_SECRET), answer)

        assert texts(post) == ["made up", ""], answer
        assert (post.outbox.pending(), post.faults) == (0, [])


async def test_the_journal_takes_it_for_no_delivery_of_the_event() -> None:
    post = await forged(Forgery(SAYS, OTHER_SECRET), 401)

    assert [("event" in detail, "forged" in detail) for detail in told(post, "invoke")] == [
        (False, True),
        (True, False),
    ]
    (fault,) = told(post, "fault")
    shown = {"signed": "with another secret", "signedAgoS": 0, "says": SAYS}
    assert [sending.get("forged") for sending in fault["sendings"]] == [shown, None]


async def test_what_the_true_event_does_not_say_cannot_be_made_up() -> None:
    for pointer in ("/colour", "/text/0", "/key/colour"):
        post = await forged(Forgery({pointer: "red"}, OTHER_SECRET))

        (problem,) = post.faults
        assert f"nothing stands at {pointer} in the data of" in problem
        assert texts(post) == [""], "the true event comes all the same"
