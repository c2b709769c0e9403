"""Events over a broker: the transport by which the outbox tells a queue instead of a URL.

The events of one subject keep their order: each is published when the one before it is confirmed. As long as the
broker can't be reached they wait, however long it takes. A confirmed event is stored, and no more than that is known;
where the broker tells what its reader acknowledges, the exchange in the journal ends with that (`ok`, or `fail` when
the reader refused it), elsewhere with `info`.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping

from ....contracts.queues import EVENTS, Queue, queue
from ...journal import Channel
from ...party import Subscription
from ...refusal import Refusal
from ...transport import HEARD, Answered, Delivery, NotDelivered, Told
from ...world import World
from .broker import Broker, BrokerError, Seen
from .cloud_event import Mode, as_message

# Wire seconds before each try; the last is repeated for as long as it takes.
RETRIES_S = (0.1, 0.25, 0.5, 1.0)
MOST_AT_ONCE = 64
# What was acknowledged before its own confirm had come is remembered; of other publishers' messages nobody waits for.
_MOST_EARLY = 1000


class EventQueues:
    """The event queues of one world's parties on one broker."""

    channel: Channel = "queue"
    at_once = 1

    def __init__(self, world: World, broker: Broker, mode: Mode = "structured") -> None:
        self._world = world
        self._broker = broker
        self._mode = mode
        self._queues: dict[str, Queue] = {}
        self._publishing = asyncio.Semaphore(MOST_AT_ONCE)
        self._unread: dict[tuple[str, Hashable], Answered] = {}
        self._early: OrderedDict[tuple[str, Hashable], Seen] = OrderedDict()
        world.outbox.transports[self.channel] = self

    @property
    def queues(self) -> Mapping[str, Queue]:
        """Party → its queue, of those that have one."""
        return self._queues

    def unread(self) -> int:
        """How many events are stored and known not to be acknowledged yet; 0 where that can't be seen."""
        return len(self._unread)

    async def subscribe(self, party: str, event_types: Iterable[str] = (), *, client: str) -> Subscription:
        """Have a party's events published, all or of these types; the queue for them is there when this returns.

        Raises: Refusal `already-exists` when they are published already, for whoever reads; BrokerError.
        """
        if party in self._queues:
            raise Refusal("already-exists", f"{party} publishes its events already, in {self._queues[party].name}")
        found = queue(EVENTS, self._world.ids.run, party)
        await self._broker.declare(found)
        await self._broker.watch(found, lambda seen: self._seen(found, seen))
        now = self._world.clock.now()
        subscription = Subscription(
            subscription_id=self._world.ids.next("QS"),
            url=f"{self._broker.place}/{found.name}",
            event_types=tuple(event_types),
            client=client,
            channel=self.channel,
            created_at=now,
            updated_at=now,
        )
        self._queues[party] = found
        self._world.parties[party].subscriptions[subscription.subscription_id] = subscription
        return subscription

    def close(self) -> None:
        """End the subscriptions, and the exchanges of which nothing more will be heard."""
        for name in self._queues:
            known = tuple(self._world.parties[name].subscriptions.values())
            for subscription in known:
                if subscription.channel == self.channel:
                    self._world.unsubscribe(name, subscription.subscription_id)
        for answered in self._unread.values():
            answered("info", {"reason": "stored, and not acknowledged by the end"})
        self._unread.clear()

    def lane(self, delivery: Delivery) -> str:
        return delivery.event.subject

    def sent_to(self, delivery: Delivery) -> Mapping[str, object]:
        return {"queue": self._queues[delivery.owner.name].name, "key": delivery.event.subject}

    def pause_s(self, attempt: int) -> float | None:
        return RETRIES_S[min(attempt, len(RETRIES_S)) - 1]

    async def send(self, delivery: Delivery, body: bytes, answered: Answered) -> Told:
        found = self._queues[delivery.owner.name]
        mode: Mode = self._mode if delivery.payload is None else "structured"
        message = as_message(delivery.event, body, mode, self._broker.binding)
        try:
            async with self._publishing:
                address = found.address_of(eventType=delivery.event.type)
                position = await self._broker.publish(found, message, address)
        except BrokerError as error:
            if error.lasting:
                answered("fail", {"reason": str(error), "givenUp": delivery.attempt})
                return HEARD
            raise NotDelivered(str(error), definite=error.definite) from error
        self._stored(found, position, answered)
        return HEARD

    def _stored(self, found: Queue, position: Hashable, answered: Answered) -> None:
        place = (found.name, position)
        if not self._broker.capabilities.sees_acks:
            answered("info", {"stored": True, "because": "this broker does not tell what its readers acknowledge"})
        elif (seen := self._early.pop(place, None)) is not None:
            _end(answered, seen)
        else:
            self._unread[place] = answered

    def _seen(self, found: Queue, seen: Seen) -> None:
        place = (found.name, seen.position)
        if (answered := self._unread.pop(place, None)) is not None:
            _end(answered, seen)
            return
        self._early[place] = seen
        if len(self._early) > _MOST_EARLY:
            self._early.popitem(last=False)


def _end(answered: Answered, seen: Seen) -> None:
    detail = {} if seen.deliveries is None else {"deliveries": seen.deliveries}
    answered("ok" if seen.acknowledged else "fail", {"acknowledged": seen.acknowledged, **detail})
