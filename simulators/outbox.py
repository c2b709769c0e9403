"""Deliveries of events to subscribers: at least once, however they travel; a transport knows how.

Each try is an exchange in the journal. Deliveries to a subscriber stand in lanes. A transport that lets several of a
lane under way at once promises no order; one that lets out one at a time keeps the order of each lane, whatever fails.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import msgspec

from ..contracts.objects import CloudEvent, SubscriptionStatus
from .clock import Clock, Timer
from .delivery_detail import named, shown
from .ids import Ids
from .interference import Interference, Message, Sending, Sendings
from .journal import Channel, Journal, Kind
from .party import Cause, Party, Subscription
from .struck_feeds import StruckFeeds
from .transport import HEARD, Delivery, NotDelivered, Told, Transport

# (subscription, lane of its transport)
Lane = tuple[str, str]


class Ledger(Protocol):
    """Who keeps in mind what is still to be delivered, beyond the life of this process."""

    def owed(self, delivery: Delivery) -> None:
        """An event is to reach a subscriber."""

    def settled(self, delivery: Delivery) -> None:
        """It has, or is given up."""

    def dropped(self, subscription_id: str) -> None:
        """Nothing is owed to this subscriber any more."""


class NoLedger:
    """Nobody does: a world that is over with its process."""

    def owed(self, delivery: Delivery) -> None:
        pass

    def settled(self, delivery: Delivery) -> None:
        pass

    def dropped(self, subscription_id: str) -> None:
        pass


@dataclass(slots=True)
class Outbox:
    """Everything a world's parties still have to deliver. `on_fault` hears of what must never happen."""

    clock: Clock
    ids: Ids
    journal: Journal
    interference: Interference
    transports: dict[Channel, Transport]
    on_fault: Callable[[str], None] = lambda _problem: None
    ledger: Ledger = field(default_factory=NoLedger)
    paused: set[str] = field(default_factory=set)
    feeds: StruckFeeds = field(init=False)
    _closed: bool = False
    _queues: dict[Lane, deque[Delivery]] = field(default_factory=dict)
    _in_flight: Counter[Lane] = field(default_factory=Counter)
    # Lanes whose first delivery waits for its next try.
    _held: set[Lane] = field(default_factory=set)
    _waiting: dict[int, tuple[Delivery, Timer]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _encode: Callable[[object], bytes] = field(default_factory=lambda: msgspec.json.Encoder().encode)

    def __post_init__(self) -> None:
        self.feeds = StruckFeeds(self.clock)

    def announce(self, party: Party, event: CloudEvent, cause: Cause) -> None:
        """Queue an event for every subscriber of its party that wants it.

        Whoever interferes is asked once for each event, however many hear of it, and also where it only stands in a
        feed that somebody reads.
        """
        wanted = [
            subscription
            for subscription in party.subscriptions.values()
            if subscription.status is SubscriptionStatus.ACTIVE
            and (not subscription.event_types or event.type in subscription.event_types)
        ]
        if not wanted and not party.is_polled:
            return
        channel: Channel = wanted[0].channel if wanted else "http"
        client = wanted[0].client if wanted else ""
        message = Message(
            "event",
            party.name,
            event.type,
            cause.order_id,
            client,
            about=(event.subject,),
            polled=not wanted,
            channel=channel,
        )
        sendings = self.interference.deliver(message)
        if sendings is not None:
            detail = {"event": event.id, "sendings": [shown(sending) for sending in sendings.sendings]}
            self.journal.append("fault", party.name, channel, sendings.fault, order_id=cause.order_id, detail=detail)
            if not wanted:
                self.feeds.strike(party, event, [(each.after, self._copy(event, each)) for each in sendings.sendings])
        for subscription in wanted:
            self._plan(Delivery(party, subscription, event, cause), sendings)

    def repeat(self, delivery: Delivery) -> None:
        """Tell a subscriber once more what it was told before: the sender has come to know that it was in vain."""
        if self._wanted(delivery):
            self._enqueue(replace(delivery, attempt=delivery.attempt + 1))

    def pending(self) -> int:
        """Deliveries queued, under way or waiting for their time, and events that are still to come into a feed."""
        queued = sum(len(queue) for queue in self._queues.values())
        return len(self._waiting) + sum(self._in_flight.values()) + queued + self.feeds.pending()

    def pause(self, party: str) -> None:
        """The party is down: what it has to say waits until it is back."""
        self.paused.add(party)

    def resume(self, party: str) -> None:
        self.paused.discard(party)
        for lane in list(self._queues):
            self._pump(lane)

    def drop(self, subscription_id: str) -> None:
        """Send a subscriber nothing more; what is under way may still arrive."""
        self.ledger.dropped(subscription_id)
        for lane in [lane for lane in self._queues if lane[0] == subscription_id]:
            del self._queues[lane]
        self._held = {lane for lane in self._held if lane[0] != subscription_id}
        for number, (delivery, timer) in list(self._waiting.items()):
            if delivery.subscription.subscription_id == subscription_id:
                timer.cancel()
                del self._waiting[number]

    def end(self, party: Party, subscription_id: str, because: str) -> None:
        """The party ends a subscription by itself. What was not delivered stands in its feed. Nothing when it has
        ended already.
        """
        self.drop(subscription_id)
        if party.subscriptions[subscription_id].status is SubscriptionStatus.ACTIVE:
            ended = self._ended(party, subscription_id)
            detail = {"ended": subscription_id, "because": because}
            self.journal.append("note", party.name, ended.channel, "subscription", client=ended.client, detail=detail)

    def drop_all(self) -> None:
        """Forget what was to be said; what is under way may still arrive."""
        self._queues.clear()
        self._held.clear()
        for _, timer in self._waiting.values():
            timer.cancel()
        self._waiting.clear()
        self.feeds.drop_all()

    async def close(self) -> None:
        """Deliver nothing any more, and end what is under way."""
        self._closed = True
        self.drop_all()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _transport(self, delivery: Delivery) -> Transport:
        return self.transports[delivery.subscription.channel]

    def _lane(self, delivery: Delivery) -> Lane:
        return delivery.subscription.subscription_id, self._transport(delivery).lane(delivery)

    def _plan(self, delivery: Delivery, sendings: Sendings | None) -> None:
        if sendings is None:
            self.take_up(delivery)
            return
        for sending in sendings.sendings:
            if sending.forgery is not None and delivery.subscription.channel != "webhook":
                continue  # a broker lets nobody in who is not known to it
            copy = replace(
                delivery, payload=sending.payload, once=sending.once, unheard=sending.unheard, post=sending.post
            )
            copy = replace(copy, event=self._copy(delivery.event, sending), forgery=sending.forgery)
            if copy.forgery is None:
                self.ledger.owed(copy)
            self._enqueue_after(sending.after, copy)

    def _copy(self, event: CloudEvent, sending: Sending) -> CloudEvent:
        return msgspec.structs.replace(event, id=self.ids.next("EV")) if sending.new_id else event

    def take_up(self, delivery: Delivery) -> None:
        """Deliver it as soon as its turn comes, with nobody interfering."""
        self.ledger.owed(delivery)
        self._enqueue(delivery)

    def _enqueue_after(self, seconds: float, delivery: Delivery) -> None:
        if seconds <= 0:
            self._enqueue(delivery)
        else:
            self._wait(seconds, delivery, lambda: self._enqueue(delivery))

    def _wait(self, seconds: float, delivery: Delivery, then: Callable[[], None]) -> None:
        if self._closed:
            return
        number = self.ids.number("delivery")

        def due() -> None:
            del self._waiting[number]
            then()

        self._waiting[number] = (delivery, self.clock.after(seconds, due))

    def _enqueue(self, delivery: Delivery, *, first: bool = False) -> None:
        if self._closed:
            return
        lane = self._lane(delivery)
        queue = self._queues.setdefault(lane, deque())
        queue.appendleft(delivery) if first else queue.append(delivery)
        self._pump(lane)

    def _pump(self, lane: Lane) -> None:
        queue = self._queues.get(lane)
        while (
            queue
            and lane not in self._held
            and queue[0].owner.name not in self.paused
            and self._in_flight[lane] < self._transport(queue[0]).at_once
        ):
            self._in_flight[lane] += 1
            task = asyncio.get_running_loop().create_task(self._send(queue.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if not queue:
            self._queues.pop(lane, None)

    async def _send(self, delivery: Delivery) -> None:
        lane, told = self._lane(delivery), HEARD
        try:
            told = await self._deliver(delivery)
        except Exception as error:  # a bug of ours must end in HARNESS_ERROR, not in an event that nobody heard of
            self.on_fault(f"{delivery.owner.name}: delivery of {delivery.event.id}: {type(error).__name__}: {error}")
        finally:
            self._in_flight[lane] -= 1
            if not self._in_flight[lane]:
                del self._in_flight[lane]
        if delivery.forgery is None:  # whatever is answered to one is nothing to the party
            self._learn(delivery, lane, told)
        self._pump(lane)

    def _learn(self, delivery: Delivery, lane: Lane, told: Told) -> None:
        if told.ended:
            self._end(delivery, told.ended)
        if not told.heard and self._wanted(delivery):
            self._retry(delivery, lane, told.wait_s)
        else:
            self.ledger.settled(delivery)

    async def _deliver(self, delivery: Delivery) -> Told:
        """Try once."""
        transport = self._transport(delivery)
        event = delivery.event if delivery.forgery is None else delivery.forgery.of(delivery.event)
        body = self._encode(event) if delivery.payload is None else delivery.payload
        asked = {**transport.sent_to(delivery), **named(delivery), "attempt": delivery.attempt}
        exchange = self._write(delivery, "invoke", 0, asked)
        unheard = delivery.unheard and delivery.attempt == 1
        ended = False

        def answered(kind: Kind, detail: Mapping[str, object]) -> None:
            nonlocal ended
            if not ended:
                ended = True
                self._write(delivery, kind, exchange, {**named(delivery), **detail})

        try:
            told = await transport.send(delivery, body, _nothing if unheard else answered)
        except NotDelivered as error:
            answered("fail" if error.definite else "info", {"reason": str(error)})
            return Told(heard=False)
        if unheard:
            answered("info", {"reason": "sent, but whatever came back was lost on the way"})
            return Told(heard=False)
        return told

    def _retry(self, delivery: Delivery, lane: Lane, asked_wait: float) -> None:
        transport = self._transport(delivery)
        pause_s = transport.pause_s(delivery.attempt)
        if pause_s is None:
            self._write(delivery, "note", 0, {**named(delivery), "givenUp": delivery.attempt})
            self.ledger.settled(delivery)
            return
        wait = max(pause_s * (1 + self.ids.fraction() / 5), asked_wait)
        payload = None if delivery.once else delivery.payload
        again = replace(delivery, attempt=delivery.attempt + 1, payload=payload)
        if transport.at_once > 1:
            self._enqueue_after(wait, again)
            return
        self._held.add(lane)

        def release() -> None:
            self._held.discard(lane)
            self._enqueue(again, first=True)

        self._wait(wait, again, release)

    def _wanted(self, delivery: Delivery) -> bool:
        now = delivery.owner.subscriptions.get(delivery.subscription.subscription_id)
        return now is not None and now.status is SubscriptionStatus.ACTIVE

    def _end(self, delivery: Delivery, because: str) -> None:
        subscription_id = delivery.subscription.subscription_id
        self.drop(subscription_id)
        if self._wanted(delivery):
            self._ended(delivery.owner, subscription_id)
            self._write(delivery, "note", 0, {"ended": subscription_id, "because": because})

    def _ended(self, party: Party, subscription_id: str) -> Subscription:
        known = party.subscriptions[subscription_id]
        ended = msgspec.structs.replace(
            known, status=SubscriptionStatus.ENDED, version=known.version + 1, updated_at=self.clock.now()
        )
        party.subscriptions[subscription_id] = ended
        return ended

    def _write(self, delivery: Delivery, kind: Kind, exchange: int, detail: Mapping[str, object]) -> int:
        return self.journal.append(
            kind,
            delivery.owner.name,
            delivery.subscription.channel,
            delivery.event.type,
            exchange=exchange,
            client=delivery.subscription.client,
            correlation=delivery.event.correlationid,
            trace=delivery.cause.trace,
            order_id=delivery.cause.order_id,
            detail=detail,
        )


def _nothing(_kind: Kind, _detail: Mapping[str, object]) -> None:
    """What a sender hears that hears nothing."""
