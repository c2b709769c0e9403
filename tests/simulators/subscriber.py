"""Somebody who subscribed to a notebook's events: answers as told, and keeps what came for a look."""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import msgspec

from crossdock.simulators.clock import ManualClock
from crossdock.simulators.interference import Message, NoInterference, Sending, Sendings
from crossdock.simulators.journal import Channel
from crossdock.simulators.outbox import Outbox
from crossdock.simulators.party import Cause, Subscription
from crossdock.simulators.transport import NotDelivered, Transport
from crossdock.simulators.webhook import Webhooks
from crossdock.tests.simulators.notebook import PEOPLE, Notebook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYq="
URL = "http://127.0.0.1:9/events"
REFUSED = NotDelivered("no connection", definite=True)
SILENT = NotDelivered("no answer within 5 s", definite=False)


@dataclass
class Received:
    """One request of the outbox, as its subscriber got it."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    at_s: float

    @property
    def event(self) -> Any:
        return msgspec.json.decode(self.body)


@dataclass
class Subscriber:
    """Answers as told, one answer after the other, then 204; with `hold` only once that is set."""

    clock: ManualClock
    answers: deque[int | tuple[int, float] | Exception] = field(default_factory=deque)
    received: list[Received] = field(default_factory=list)
    hold: asyncio.Event | None = None

    async def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, float | None]:
        self.received.append(Received(url, headers, body, self.clock.wire()))
        answer = self.answers.popleft() if self.answers else 204
        if self.hold is not None:
            await self.hold.wait()
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, tuple) else (answer, None)

    def times(self) -> list[float]:
        return [received.at_s for received in self.received]

    def subjects(self) -> list[str]:
        return [received.event["subject"] for received in self.received]


class Interfering(NoInterference):
    """Has one plan for every event."""

    def __init__(self, *sendings: Sending) -> None:
        self.sendings = sendings
        self.asked: list[Message] = []

    def deliver(self, message: Message) -> Sendings | None:
        self.asked.append(message)
        return Sendings("duplicate-event", self.sendings)


@dataclass
class Post:
    """A notebook that tells its events to one subscriber."""

    notebook: Notebook = field(default_factory=Notebook)
    subscriber: Subscriber = field(init=False)
    webhooks: Webhooks = field(init=False)
    outbox: Outbox = field(init=False)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        book = self.notebook
        self.subscriber = Subscriber(book.clock)
        self.webhooks = Webhooks(book.clock, self.subscriber)
        transports: dict[Channel, Transport] = {"webhook": self.webhooks}
        self.outbox = Outbox(book.clock, book.ids, book.journal, NoInterference(), transports, self.faults.append)
        book.listener = self.outbox.announce
        self.subscribe("WS-1")

    def subscribe(self, subscription_id: str, *event_types: str, secret: str = SECRET) -> None:
        now = self.notebook.clock.now()
        self.notebook.party.subscriptions[subscription_id] = Subscription(
            subscription_id=subscription_id,
            url=URL,
            event_types=event_types,
            secret=secret,
            client="layer",
            created_at=now,
            updated_at=now,
        )

    async def write(self, *keys: str, cause: Cause = PEOPLE) -> None:
        for key in keys:
            self.notebook.write(key, cause=cause)
        await turn()

    async def advance(self, seconds: float) -> None:
        """Let wire time pass in small steps, as it does, with whatever comes of it."""
        steps = max(1, round(seconds / 0.05))
        for _ in range(steps):
            self.notebook.clock.advance(timedelta(seconds=seconds / steps))
            await turn()

    def journaled(self) -> list[tuple[str, Any]]:
        """Kind and detail of what the journal has of webhooks."""
        return [(entry.kind, entry.detail) for entry in self.notebook.entries if entry.channel == "webhook"]

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.journaled()]


async def turn() -> None:
    """Let every task that can go on do so."""
    for _ in range(6):
        await asyncio.sleep(0)
