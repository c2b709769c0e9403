"""Deliveries to subscribers: at least once, signed, repeated with backoff, and never given up unseen."""

import asyncio
from collections import deque
from datetime import UTC, datetime
from itertools import pairwise

import msgspec
import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from crossdock.contracts.objects import SubscriptionStatus
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.interference import NoInterference, Sending
from crossdock.simulators.party import Cause
from crossdock.simulators.webhook import IN_FLIGHT_PER_SUBSCRIPTION, RETRIES_S
from crossdock.tests.simulators.notebook import WRITTEN, Notebook
from crossdock.tests.simulators.subscriber import REFUSED, SECRET, SILENT, URL, Interfering, Post, Subscriber, turn


@pytest.fixture
def post() -> Post:
    return Post()


async def test_an_event_reaches_its_subscriber_once(post: Post) -> None:
    await post.write("n1")

    (received,) = post.subscriber.received
    assert received.url == URL
    assert received.body == msgspec.json.encode(post.notebook.events[0])
    assert post.outbox.pending() == 0
    await post.advance(120)
    assert len(post.subscriber.received) == 1


async def test_the_journal_tells_each_try_and_what_became_of_it(post: Post) -> None:
    await post.write("n1", cause=Cause("http", 3, "partner", "CORR-1", order_id="ORD-1"))

    event = post.notebook.events[0]
    invoke, ok = [entry for entry in post.notebook.entries if entry.channel == "webhook"]
    assert (invoke.kind, invoke.party, invoke.name, invoke.client) == ("invoke", "notes", WRITTEN, "layer")
    assert (invoke.correlation, invoke.order_id) == ("CORR-1", "ORD-1")
    assert invoke.detail == {"url": URL, "event": event.id, "attempt": 1}
    assert (ok.kind, ok.exchange, ok.detail) == ("ok", invoke.seq, {"event": event.id, "status": 204})


async def test_a_library_that_we_did_not_write_verifies_the_signature() -> None:
    post = Post(Notebook(clock=ManualClock(datetime.now(UTC))))
    await post.write("n1")

    (received,) = post.subscriber.received
    headers = dict(received.headers)
    assert Webhook(SECRET).verify(received.body, headers)["subject"] == "n1"
    assert headers["webhook-id"] == post.notebook.events[0].id
    assert headers["content-type"] == "application/cloudevents+json"
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(received.body.replace(b"n1", b"n2"), headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 32).verify(received.body, headers)


async def test_a_delivery_carries_the_correlation_and_the_trace_of_its_event(post: Post) -> None:
    trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    await post.write("n1", cause=Cause("http", 3, "partner", "CORR-1", trace))
    await post.write("n2")

    traced, plain = (received.headers for received in post.subscriber.received)
    assert (traced["x-correlation-id"], traced["traceparent"]) == ("CORR-1", trace)
    assert (plain["x-correlation-id"], plain["traceparent"]) == ("n2", post.notebook.events[1].traceparent)


async def test_an_event_goes_only_to_who_wants_its_type(post: Post) -> None:
    post.subscribe("WS-2", WRITTEN)
    post.subscribe("WS-3", "crossdock.order.submitted.v1")

    await post.write("n1")

    assert len(post.subscriber.received) == 2


@pytest.mark.parametrize("failure", [500, 404, 302, 101, REFUSED, SILENT], ids=str)
async def test_whatever_is_no_success_is_tried_again_with_growing_pauses(post: Post, failure: int | Exception) -> None:
    post.subscriber.answers.extend([failure] * 4)

    await post.write("n1")
    await post.advance(20)

    times = post.subscriber.times()
    assert len(times) == 5
    pauses = [later - earlier for earlier, later in pairwise(times)]
    for pause, expected in zip(pauses, RETRIES_S, strict=False):
        assert expected <= pause <= expected * 1.2 + 0.05, f"pauses {pauses}, expected about {RETRIES_S[:4]}"
    assert post.outbox.pending() == 0


async def test_every_try_carries_the_same_id_and_the_same_document(post: Post) -> None:
    post.subscriber.answers.extend([503, SILENT])

    await post.write("n1")
    await post.advance(3)

    assert len(post.subscriber.received) == 3
    assert len({received.headers["webhook-id"] for received in post.subscriber.received}) == 1
    assert len({received.body for received in post.subscriber.received}) == 1


async def test_a_definite_failure_is_told_apart_from_silence(post: Post) -> None:
    post.subscriber.answers.extend([500, REFUSED, SILENT])

    await post.write("n1")
    await post.advance(5)

    assert post.kinds() == ["invoke", "fail", "invoke", "fail", "invoke", "info", "invoke", "ok"]
    assert [detail["attempt"] for kind, detail in post.journaled() if kind == "invoke"] == [1, 2, 3, 4]
    assert post.journaled()[5][1]["reason"] == "no answer within 5 s"


@pytest.mark.parametrize("status", [429, 503])
async def test_a_subscriber_that_asks_for_a_pause_is_given_it(post: Post, status: int) -> None:
    post.subscriber.answers.append((status, 7.0))

    await post.write("n1")
    await post.advance(6.9)
    assert len(post.subscriber.received) == 1
    assert post.outbox.pending() == 1

    await post.advance(0.2)
    assert len(post.subscriber.received) == 2
    assert post.outbox.pending() == 0


async def test_a_pause_shorter_than_the_backoff_changes_nothing(post: Post) -> None:
    post.subscriber.answers.append((503, 0.01))

    await post.write("n1")
    await post.advance(0.2)

    assert len(post.subscriber.received) == 1


async def test_gone_ends_the_subscription(post: Post) -> None:
    post.subscriber.answers.append(410)
    before = post.notebook.party.subscriptions["WS-1"]

    await post.write("n1")
    await post.write("n2")
    await post.advance(60)

    after = post.notebook.party.subscriptions["WS-1"]
    assert post.subscriber.subjects() == ["n1"]
    assert (after.status, after.version) == (SubscriptionStatus.ENDED, before.version + 1)
    assert post.journaled()[-1] == ("note", {"ended": "WS-1", "because": "410 Gone"})
    assert post.outbox.pending() == 0


async def test_gone_also_drops_what_was_waiting_for_that_subscriber_and_nobody_elses(post: Post) -> None:
    post.subscribe("WS-2")
    post.subscriber.answers.extend([500, 500, 410])

    await post.write("n1")  # both fail, and wait for their retry
    assert post.outbox.pending() == 2
    await post.advance(60)

    assert len(post.subscriber.received) == 4, "one retry meets with 410, the other succeeds"
    statuses = sorted(subscription.status for subscription in post.notebook.party.subscriptions.values())
    assert statuses == ["active", "ended"]
    assert post.outbox.pending() == 0


async def test_several_gone_at_once_end_a_subscription_once(post: Post) -> None:
    post.subscriber.answers.extend([410, 410, 410])
    post.subscriber.hold = asyncio.Event()
    await post.write("n1", "n2", "n3")

    post.subscriber.hold.set()
    await turn()

    assert post.kinds().count("note") == 1
    assert post.notebook.party.subscriptions["WS-1"].version == 2


async def test_giving_up_is_told_in_the_journal(post: Post) -> None:
    post.subscriber.answers.extend([500] * 100)

    await post.write("n1")
    await post.advance(120)

    assert len(post.subscriber.received) == len(RETRIES_S) + 1
    assert post.journaled()[-1] == ("note", {"event": post.notebook.events[0].id, "givenUp": len(RETRIES_S) + 1})
    assert post.outbox.pending() == 0
    post.subscriber.answers.clear()
    await post.write("n2")
    assert post.subscriber.subjects()[-1] == "n2", "the subscription itself goes on"


async def test_an_event_that_fails_holds_up_no_other(post: Post) -> None:
    post.subscriber.answers.append(500)

    await post.write("n1", "n2", "n3")
    assert post.subscriber.subjects() == ["n1", "n2", "n3"]

    await post.advance(1)
    assert post.subscriber.subjects() == ["n1", "n2", "n3", "n1"]


async def test_so_many_are_under_way_at_once_and_no_more(post: Post) -> None:
    post.subscriber.hold = asyncio.Event()
    count = IN_FLIGHT_PER_SUBSCRIPTION + 5

    await post.write(*(f"n{number}" for number in range(count)))
    assert len(post.subscriber.received) == IN_FLIGHT_PER_SUBSCRIPTION
    assert post.outbox.pending() == count

    post.subscriber.hold.set()
    await turn()
    assert len(post.subscriber.received) == count
    assert post.outbox.pending() == 0


async def test_pending_counts_what_waits_what_is_queued_and_what_is_under_way(post: Post) -> None:
    post.subscriber.answers.append(500)
    await post.write("failed")
    post.outbox.pause("notes")
    await post.write("queued")
    assert post.outbox.pending() == 2

    post.subscriber.hold = asyncio.Event()
    post.outbox.resume("notes")
    await turn()
    assert post.outbox.pending() == 2

    post.subscriber.hold.set()
    await post.advance(1)
    assert post.outbox.pending() == 0


async def test_what_a_party_says_while_it_is_down_waits_until_it_is_back(post: Post) -> None:
    post.subscriber.answers.append(500)
    await post.write("n1")
    post.outbox.pause("notes")

    await post.write("n2")
    await post.advance(60)
    assert post.subscriber.subjects() == ["n1"], "not even the retry that fell due"
    assert post.outbox.pending() == 2

    post.outbox.resume("notes")
    await turn()
    assert post.subscriber.subjects() == ["n1", "n2", "n1"]


async def test_the_silence_of_one_party_is_not_that_of_another(post: Post) -> None:
    post.outbox.pause("others")

    await post.write("n1")

    assert post.subscriber.subjects() == ["n1"]


async def test_interference_can_double_an_event_under_the_same_id_or_another(post: Post) -> None:
    interference = Interfering(Sending(), Sending(2.0), Sending(4.0, new_id=True))
    post.outbox.interference = interference

    await post.write("n1", cause=Cause("people", order_id="ORD-1"))
    assert post.outbox.pending() == 2
    await post.advance(5)

    ids = [received.headers["webhook-id"] for received in post.subscriber.received]
    assert ids[0] == ids[1] == post.notebook.events[0].id
    assert ids[2] != ids[0]
    assert post.subscriber.received[2].event == post.subscriber.received[0].event | {"id": ids[2]}
    assert [round(at, 1) for at in post.subscriber.times()] == [0.0, 2.0, 4.0]
    (asked,) = interference.asked
    assert (asked.direction, asked.party, asked.name, asked.order_id) == ("event", "notes", WRITTEN, "ORD-1")
    assert post.journaled()[0][1]["sendings"] == [
        {"afterS": 0.0, "newId": False},
        {"afterS": 2.0, "newId": False},
        {"afterS": 4.0, "newId": True},
    ]


async def test_interference_can_have_an_event_handed_over_another_way_at_every_attempt(post: Post) -> None:
    other = Subscriber(post.notebook.clock, deque([SILENT]))
    post.outbox.interference = Interfering(Sending(post=other))
    await post.write("n1")
    post.outbox.interference = NoInterference()
    await post.write("n2")
    await post.advance(2)

    assert other.subjects() == ["n1", "n1"]
    assert post.subscriber.subjects() == ["n2"]
    assert len({received.headers["webhook-id"] for received in other.received}) == 1
    assert post.outbox.pending() == 0


async def test_interference_can_delay_an_event_so_that_younger_ones_overtake_it(post: Post) -> None:
    post.outbox.interference = Interfering(Sending(1.0))
    await post.write("n1")
    post.outbox.interference = NoInterference()

    await post.write("n2")
    await post.advance(1.1)

    assert post.subscriber.subjects() == ["n2", "n1"]


async def test_interference_can_lose_an_event_and_the_journal_says_so(post: Post) -> None:
    post.outbox.interference = Interfering()

    await post.write("n1")
    await post.advance(120)

    assert post.subscriber.received == []
    assert post.kinds() == ["fault"]
    assert post.outbox.pending() == 0


async def test_interference_is_asked_about_an_event_once_and_not_at_each_retry(post: Post) -> None:
    interference = Interfering(Sending())
    post.outbox.interference = interference
    post.subscriber.answers.extend([500, 500])

    await post.write("n1")
    await post.advance(5)

    assert len(interference.asked) == 1
    assert len(post.subscriber.received) == 3


async def test_a_subscription_that_was_deleted_is_sent_nothing_more(post: Post) -> None:
    post.subscriber.answers.append(500)
    await post.write("n1")
    post.outbox.pause("notes")
    await post.write("n2")

    del post.notebook.party.subscriptions["WS-1"]
    post.outbox.drop("WS-1")
    assert post.outbox.pending() == 0
    post.outbox.resume("notes")
    await post.advance(60)

    assert post.subscriber.subjects() == ["n1"]


async def test_a_delivery_under_way_when_its_subscription_is_deleted_is_not_repeated(post: Post) -> None:
    post.subscriber.answers.append(500)
    post.subscriber.hold = asyncio.Event()
    await post.write("n1")

    del post.notebook.party.subscriptions["WS-1"]
    post.outbox.drop("WS-1")
    post.subscriber.hold.set()
    await post.advance(60)

    assert len(post.subscriber.received) == 1
    assert post.outbox.pending() == 0


async def test_a_fault_of_ours_in_a_delivery_is_told_and_leaves_nothing_pending(post: Post) -> None:
    post.subscriber.answers.append(ZeroDivisionError("a mistake in the post"))

    await post.write("n1")
    await post.write("n2")

    assert len(post.faults) == 1
    assert post.faults[0].endswith(": ZeroDivisionError: a mistake in the post")
    assert post.outbox.pending() == 0
    assert post.subscriber.subjects() == ["n1", "n2"]


async def test_a_world_without_a_post_says_why_nothing_arrives(post: Post) -> None:
    post.webhooks.post = None

    await post.write("n1")

    assert post.journaled()[1][1]["reason"] == "this world delivers no webhooks"
    await post.outbox.close()


async def test_a_closed_outbox_ends_what_is_under_way_and_takes_nothing_more(post: Post) -> None:
    post.subscriber.hold = asyncio.Event()
    await post.write("n1")

    await post.outbox.close()
    await post.write("n2")
    await post.advance(60)

    assert post.subscriber.subjects() == ["n1"]
    assert post.outbox.pending() == 0
