"""Deliveries of events to subscribers: at least once, signed, retried with backoff.

Signed as Standard Webhooks says (https://www.standardwebhooks.com): `webhook-id` is the event's id and stays the same
on every retry, `webhook-signature` is `v1,` + base64 of HMAC-SHA256 over `id.timestamp.body`. Success is 2xx only; 410
ends the subscription; anything else, and silence, is tried again. Order is not promised.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import msgspec

from ..contracts.objects import CloudEvent, SubscriptionStatus
from .clock import Clock, Timer
from .ids import Ids
from .interference import Interference, Message, Post
from .journal import Journal, Kind
from .party import Cause, Party, Subscription

# Seconds on the wire before each retry; the last repeats no more. A fifth of each is added as jitter at most.
RETRIES_S = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
IN_FLIGHT_PER_SUBSCRIPTION = 8
SECRET_PREFIX = "whsec_"


class NotDelivered(Exception):
    """The subscriber could not be told. `definite`: it certainly has not seen the event (connection refused)."""

    def __init__(self, reason: str, *, definite: bool) -> None:
        super().__init__(reason)
        self.definite = definite


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one subscriber; `post` hands it over where it does not go the usual way."""

    owner: Party
    subscription: Subscription
    event: CloudEvent
    cause: Cause
    attempt: int = 1
    post: Post | None = None


@dataclass(slots=True)
class Outbox:
    """Everything a world's parties still have to deliver. `on_fault` hears of what must never happen."""

    clock: Clock
    ids: Ids
    journal: Journal
    interference: Interference
    post: Post | None = None
    on_fault: Callable[[str], None] = lambda _problem: None
    paused: set[str] = field(default_factory=set)
    _closed: bool = False
    _queues: dict[str, deque[Delivery]] = field(default_factory=dict)
    _in_flight: Counter[str] = field(default_factory=Counter)
    _waiting: dict[int, tuple[Delivery, Timer]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _encode: Callable[[object], bytes] = field(default_factory=lambda: msgspec.json.Encoder().encode)

    def announce(self, party: Party, event: CloudEvent, cause: Cause) -> None:
        """Queue an event for every subscriber of its party that wants it."""
        for subscription in party.subscriptions.values():
            if subscription.status is not SubscriptionStatus.ACTIVE:
                continue
            if subscription.event_types and event.type not in subscription.event_types:
                continue
            self._plan(Delivery(party, subscription, event, cause))

    def pending(self) -> int:
        """Deliveries queued, under way or waiting for their time."""
        return len(self._waiting) + sum(self._in_flight.values()) + sum(len(queue) for queue in self._queues.values())

    def pause(self, party: str) -> None:
        """The party is down: what it has to say waits until it is back."""
        self.paused.add(party)

    def resume(self, party: str) -> None:
        self.paused.discard(party)
        for subscription_id in list(self._queues):
            self._pump(subscription_id)

    def drop(self, subscription_id: str) -> None:
        """Send a subscriber nothing more; what is under way may still arrive."""
        self._queues.pop(subscription_id, None)
        for number, (delivery, timer) in list(self._waiting.items()):
            if delivery.subscription.subscription_id == subscription_id:
                timer.cancel()
                del self._waiting[number]

    def drop_all(self) -> None:
        """Forget what was to be said; what is under way may still arrive."""
        self._queues.clear()
        for _, timer in self._waiting.values():
            timer.cancel()
        self._waiting.clear()

    async def close(self) -> None:
        """Deliver nothing any more, and end what is under way."""
        self._closed = True
        self.drop_all()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _plan(self, delivery: Delivery) -> None:
        party, event, order_id = delivery.owner.name, delivery.event, delivery.cause.order_id
        message = Message("event", party, event.type, order_id, delivery.subscription.client)
        sendings = self.interference.deliver(message)
        if sendings is None:
            self._enqueue(delivery)
            return
        plan = [{"afterS": sending.after, "newId": sending.new_id} for sending in sendings.sendings]
        detail = {"event": event.id, "sendings": plan}
        self.journal.append("fault", party, "webhook", sendings.fault, order_id=order_id, detail=detail)
        for sending in sendings.sendings:
            copy = replace(delivery, post=sending.post)
            if sending.new_id:
                copy = replace(copy, event=msgspec.structs.replace(event, id=self.ids.next("EV")))
            self._enqueue_after(sending.after, copy)

    def _enqueue_after(self, seconds: float, delivery: Delivery) -> None:
        if seconds <= 0 or self._closed:
            self._enqueue(delivery)
            return
        number = self.ids.number("delivery")

        def due() -> None:
            del self._waiting[number]
            self._enqueue(delivery)

        self._waiting[number] = (delivery, self.clock.after(seconds, due))

    def _enqueue(self, delivery: Delivery) -> None:
        if self._closed:
            return
        subscription_id = delivery.subscription.subscription_id
        self._queues.setdefault(subscription_id, deque()).append(delivery)
        self._pump(subscription_id)

    def _pump(self, subscription_id: str) -> None:
        queue = self._queues.get(subscription_id)
        while (
            queue
            and queue[0].owner.name not in self.paused
            and self._in_flight[subscription_id] < IN_FLIGHT_PER_SUBSCRIPTION
        ):
            self._in_flight[subscription_id] += 1
            task = asyncio.get_running_loop().create_task(self._send(queue.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _send(self, delivery: Delivery) -> None:
        subscription_id = delivery.subscription.subscription_id
        try:
            asked_wait = await self._deliver(delivery)
        except Exception as error:  # a bug of ours must end in HARNESS_ERROR, not in an event that nobody heard of
            self.on_fault(f"{delivery.owner.name}: delivery of {delivery.event.id}: {type(error).__name__}: {error}")
            asked_wait = None
        finally:
            self._in_flight[subscription_id] -= 1
        if asked_wait is not None and self._wanted(delivery):
            self._retry(delivery, asked_wait)
        self._pump(subscription_id)

    async def _deliver(self, delivery: Delivery) -> float | None:
        """Try once. None when there is nothing to repeat, else the seconds that the subscriber asked to wait, or 0."""
        subscription, event = delivery.subscription, delivery.event
        body = self._encode(event)
        headers = signed_headers(subscription.secret, event.id, int(self.clock.unix()), body)
        headers["traceparent"] = event.traceparent
        headers["x-correlation-id"] = event.correlationid
        asked = {"url": subscription.url, "event": event.id, "attempt": delivery.attempt}
        exchange = self._write(delivery, "invoke", 0, asked)
        try:
            post = delivery.post or self.post
            if post is None:
                raise NotDelivered("this world delivers no webhooks", definite=True)
            status, asked_wait = await post(subscription.url, headers, body)
        except NotDelivered as error:
            kind: Kind = "fail" if error.definite else "info"
            self._write(delivery, kind, exchange, {"event": event.id, "reason": str(error)})
            return 0.0
        delivered = 200 <= status < 300
        self._write(delivery, "ok" if delivered else "fail", exchange, {"event": event.id, "status": status})
        if status == 410:
            self._end(delivery)
        return None if delivered or status == 410 else asked_wait or 0.0

    def _retry(self, delivery: Delivery, asked_wait: float) -> None:
        if delivery.attempt > len(RETRIES_S):
            self._write(delivery, "note", 0, {"event": delivery.event.id, "givenUp": delivery.attempt})
            return
        wait = RETRIES_S[delivery.attempt - 1] * (1 + self.ids.fraction() / 5)
        self._enqueue_after(max(wait, asked_wait), replace(delivery, attempt=delivery.attempt + 1))

    def _wanted(self, delivery: Delivery) -> bool:
        now = delivery.owner.subscriptions.get(delivery.subscription.subscription_id)
        return now is not None and now.status is SubscriptionStatus.ACTIVE

    def _end(self, delivery: Delivery) -> None:
        subscription_id = delivery.subscription.subscription_id
        self.drop(subscription_id)
        if self._wanted(delivery):
            known = delivery.owner.subscriptions[subscription_id]
            delivery.owner.subscriptions[subscription_id] = msgspec.structs.replace(
                known, status=SubscriptionStatus.ENDED, version=known.version + 1, updated_at=self.clock.now()
            )
            self._write(delivery, "note", 0, {"ended": subscription_id, "because": "410 Gone"})

    def _write(self, delivery: Delivery, kind: Kind, exchange: int, detail: dict[str, object]) -> int:
        return self.journal.append(
            kind,
            delivery.owner.name,
            "webhook",
            delivery.event.type,
            exchange=exchange,
            client=delivery.subscription.client,
            correlation=delivery.event.correlationid,
            trace=delivery.cause.trace,
            order_id=delivery.cause.order_id,
            detail=detail,
        )


def secret_key(secret: str) -> bytes:
    """The key behind a secret as Standard Webhooks writes it: `whsec_` and Base64, padded or not.

    Raises: ValueError when it is not of that form.
    """
    if not secret.startswith(SECRET_PREFIX):
        raise ValueError(f"a secret begins with {SECRET_PREFIX}")
    encoded = secret.removeprefix(SECRET_PREFIX).rstrip("=")
    return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)


def signed_headers(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of a delivery in CloudEvents' structured mode; `timestamp` is in unix seconds.

    Raises: ValueError when the secret is none.
    """
    content = f"{message_id}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.new(secret_key(secret), content, hashlib.sha256).digest()).decode()
    return {
        "content-type": "application/cloudevents+json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }
