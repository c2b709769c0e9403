"""A transport that keeps order: one delivery of a lane at a time, and nothing overtakes what has to be repeated."""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest

from crossdock.simulators.interference import Sending
from crossdock.simulators.journal import Channel
from crossdock.simulators.transport import HEARD, Answered, Delivery, NotDelivered, Told
from crossdock.tests.simulators.subscriber import Interfering, Post, turn

LOST = NotDelivered("no confirm", definite=False)
PAUSE_S = 1.0


@dataclass
class Orderly:
    """Sends one note of a key after the other; what is `heard` of a try comes only when told to."""

    channel: Channel = "webhook"
    at_once: int = 1
    failures: deque[Exception] = field(default_factory=deque)
    sent: list[Any] = field(default_factory=list)
    hold: asyncio.Event | None = None
    answers: list[Answered] = field(default_factory=list)

    def lane(self, delivery: Delivery) -> str:
        return delivery.event.subject

    def sent_to(self, delivery: Delivery) -> Mapping[str, object]:
        return {"key": delivery.event.subject}

    def pause_s(self, attempt: int) -> float | None:
        return PAUSE_S

    async def send(self, delivery: Delivery, body: bytes, answered: Answered) -> Told:
        self.sent.append(msgspec.json.decode(body) if delivery.payload is None else body)
        failure = self.failures.popleft() if self.failures else None
        if self.hold is not None:
            await self.hold.wait()
        if failure is not None:
            raise failure
        self.answers.append(answered)
        return HEARD

    def notes(self) -> list[tuple[str, int]]:
        """Key and number of what was sent."""
        return [(event["subject"], event["sequence"]) for event in self.sent]


@pytest.fixture
def orderly() -> Orderly:
    return Orderly()


@pytest.fixture
def post(orderly: Orderly) -> Post:
    post = Post()
    post.outbox.transports["webhook"] = orderly
    return post


async def test_events_of_one_key_go_out_one_after_the_other_and_of_several_at_once(
    post: Post, orderly: Orderly
) -> None:
    orderly.hold = asyncio.Event()

    await post.write("a", "a", "b")
    assert orderly.notes() == [("a", 1), ("b", 1)]
    assert post.outbox.pending() == 3

    orderly.hold.set()
    await turn()
    assert orderly.notes() == [("a", 1), ("b", 1), ("a", 2)]
    assert post.outbox.pending() == 0


async def test_what_failed_is_repeated_before_anything_younger_of_its_key(post: Post, orderly: Orderly) -> None:
    orderly.failures.extend([LOST, LOST])

    await post.write("a", "a", "b")
    assert orderly.notes() == [("a", 1), ("b", 1)]
    assert post.outbox.pending() == 3, "the second of a, and both repetitions"

    await post.advance(PAUSE_S * 1.5)
    again = orderly.notes()[2:]
    assert [note for note in again if note[0] == "a"] == [("a", 1), ("a", 2)]
    assert [note for note in again if note[0] == "b"] == [("b", 1)]
    assert post.outbox.pending() == 0


async def test_it_is_repeated_for_as_long_as_the_transport_says(post: Post, orderly: Orderly) -> None:
    orderly.failures.extend([LOST] * 20)

    await post.write("a", "a")
    await post.advance(30)

    assert orderly.notes() == [("a", 1)] * 21 + [("a", 2)]
    assert "note" not in post.kinds(), "nothing was given up"


async def test_dropping_a_subscription_forgets_what_was_held_back_for_its_order(post: Post, orderly: Orderly) -> None:
    orderly.failures.append(LOST)
    await post.write("a", "a")

    post.outbox.drop("WS-1")
    assert post.outbox.pending() == 0
    await post.write("a")

    assert orderly.notes() == [("a", 1), ("a", 3)]


async def test_a_party_that_is_down_repeats_nothing_until_it_is_back(post: Post, orderly: Orderly) -> None:
    orderly.failures.append(LOST)
    await post.write("a")
    post.outbox.pause("notes")

    await post.write("a")
    await post.advance(5)
    assert orderly.notes() == [("a", 1)]

    post.outbox.resume("notes")
    await turn()
    assert orderly.notes() == [("a", 1), ("a", 1), ("a", 2)]


async def test_what_becomes_of_a_delivery_may_be_told_later_and_counts_once(post: Post, orderly: Orderly) -> None:
    await post.write("a")
    assert post.kinds() == ["invoke"]
    assert post.outbox.pending() == 0

    (answered,) = orderly.answers
    answered("ok", {"deliveries": 2})
    answered("info", {"reason": "never mind"})

    event = post.notebook.events[0].id
    assert post.journaled()[1:] == [("ok", {"event": event, "deliveries": 2})]


async def test_a_sender_that_hears_nothing_sends_again_and_the_journal_knows_why(post: Post, orderly: Orderly) -> None:
    post.outbox.interference = Interfering(Sending(unheard=True))

    await post.write("a")
    await post.advance(PAUSE_S * 1.5)

    assert orderly.notes() == [("a", 1), ("a", 1)]
    assert post.kinds() == ["fault", "invoke", "info", "invoke"]
    assert post.journaled()[0][1]["sendings"] == [{"afterS": 0.0, "newId": False, "unheard": True}]
    assert "lost on the way" in post.journaled()[2][1]["reason"]
    orderly.answers[0]("ok", {})
    assert post.kinds()[-1] == "invoke", "the first try has its end already"


async def test_a_payload_that_is_no_event_can_go_out_in_its_place_and_is_told_apart(
    post: Post, orderly: Orderly
) -> None:
    post.outbox.interference = Interfering(Sending(payload=b"\x00garbage"), Sending())

    await post.write("a")

    assert orderly.sent[0] == b"\x00garbage"
    assert orderly.sent[1]["subject"] == "a"
    fault, poison, event = post.journaled()
    assert fault[1]["sendings"] == [
        {"afterS": 0.0, "newId": False, "octets": 8},
        {"afterS": 0.0, "newId": False},
    ]
    event_id = post.notebook.events[0].id
    assert poison == ("invoke", {"key": "a", "insteadOf": event_id, "octets": 8, "attempt": 1})
    assert event == ("invoke", {"key": "a", "event": event_id, "attempt": 1})
