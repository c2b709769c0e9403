"""Whoever polls a feed is told by it alone: faults strike the events that stand there, and the world waits for its
reader.
"""

import pytest

from crossdock.contracts.objects import SubscriptionStatus
from crossdock.simulators.interference import NoInterference, Sending
from crossdock.simulators.party import Cause
from crossdock.tests.simulators.subscriber import Interfering, Post


@pytest.fixture
def post() -> Post:
    """A notebook whose feed is read, and that pushes its events to nobody."""
    post = Post()
    del post.notebook.party.subscriptions["WS-1"]
    read(post)
    return post


def read(post: Post, cursor: str | None = None) -> str:
    """Read on in the feed, and return the cursor after it."""
    page = post.notebook.party.feed.hand_out(cursor, 100, post.notebook.clock.wire())
    return page.next_cursor


def told(post: Post) -> list[tuple[str, str]]:
    """Subject and id of what stands in the feed."""
    return [(event.subject, event.id) for event in post.notebook.party.feed.page(None, 100).items]


def subjects(post: Post) -> list[str]:
    return [subject for subject, _ in told(post)]


async def test_an_event_that_nobody_strikes_stands_in_the_feed_at_once(post: Post) -> None:
    await post.write("n1", "n2")

    assert subjects(post) == ["n1", "n2"]
    assert post.outbox.pending() == 0


async def test_an_event_that_is_held_back_stands_after_younger_ones(post: Post) -> None:
    post.outbox.interference = Interfering(Sending(1.0))
    await post.write("n1")
    post.outbox.interference = NoInterference()
    await post.write("n2")

    assert subjects(post) == ["n2"]
    assert post.outbox.pending() == 1
    await post.advance(1.1)
    assert subjects(post) == ["n2", "n1"]
    assert post.outbox.pending() == 0


async def test_a_doubled_event_stands_twice_under_its_id_or_another(post: Post) -> None:
    post.outbox.interference = Interfering(Sending(), Sending(), Sending(1.0, new_id=True))
    await post.write("n1")
    await post.advance(1.1)

    ids = [event_id for _, event_id in told(post)]
    assert subjects(post) == ["n1"] * 3
    assert ids[0] == ids[1] != ids[2]


async def test_a_lost_event_never_stands_there_and_the_journal_says_so(post: Post) -> None:
    post.outbox.interference = Interfering()
    await post.write("n1", cause=Cause("people", order_id="ORD-1"))
    await post.advance(60)

    assert subjects(post) == []
    (fault,) = [entry for entry in post.notebook.entries if entry.kind == "fault"]
    assert (fault.channel, fault.party, fault.order_id) == ("http", "notes", "ORD-1")
    assert fault.detail == {"event": post.notebook.events[0].id, "sendings": []}


async def test_what_still_had_to_come_into_a_feed_is_dropped_with_the_rest(post: Post) -> None:
    post.outbox.interference = Interfering(Sending(1.0))
    await post.write("n1")
    post.outbox.drop_all()
    await post.advance(2)

    assert subjects(post) == []
    assert post.outbox.pending() == 0


@pytest.mark.parametrize("reads", [True, False])
async def test_without_anybody_who_reads_a_feed_there_is_nothing_to_strike(reads: bool) -> None:
    post = Post()
    del post.notebook.party.subscriptions["WS-1"]
    if reads:
        read(post)
    interference = post.outbox.interference = Interfering(Sending(1.0))
    await post.write("n1")

    assert [message.polled for message in interference.asked] == [True] * reads
    assert subjects(post) == ([] if reads else ["n1"])


async def test_whoever_has_webhooks_finds_in_the_feed_what_a_fault_kept_from_them() -> None:
    post = Post()
    read(post)
    interference = post.outbox.interference = Interfering()
    await post.write("n1")

    assert [message.polled for message in interference.asked] == [False]
    assert post.subscriber.received == []
    assert subjects(post) == ["n1"]


async def test_a_feed_whose_last_subscription_has_ended_is_polled_again() -> None:
    post = Post()
    party = post.notebook.party
    read(post)
    assert not party.is_polled
    post.subscriber.answers.append(410)
    await post.write("n1")

    assert party.subscriptions["WS-1"].status is SubscriptionStatus.ENDED
    assert party.is_polled


async def test_an_event_is_one_occurrence_however_many_hear_of_it() -> None:
    post = Post()
    post.subscribe("WS-2")
    interference = post.outbox.interference = Interfering(Sending(), Sending())
    await post.write("n1")

    assert len(interference.asked) == 1
    assert post.subscriber.subjects() == ["n1"] * 4
    assert [entry.kind for entry in post.notebook.entries].count("fault") == 1


async def test_an_event_that_no_subscriber_wants_is_no_occurrence() -> None:
    post = Post()
    post.subscribe("WS-1", "crossdock.order.submitted.v1")
    interference = post.outbox.interference = Interfering(Sending())
    await post.write("n1")

    assert interference.asked == []


async def test_a_feed_knows_what_nobody_has_read_and_when_somebody_did(post: Post) -> None:
    feed = post.notebook.party.feed
    start = read(post)
    await post.write("n1", "n2")
    assert feed.unread == 2
    await post.advance(3)
    end = read(post, start)

    assert (feed.unread, round(feed.read_s or 0)) == (0, 3)
    await post.advance(3)
    read(post, end)
    read(post, start)
    assert round(feed.read_s or 0) == 3, "nothing of it was new"
