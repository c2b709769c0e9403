"""NATS with JetStream (https://docs.nats.io/nats-concepts/jetstream): a stream for each queue, a durable pull consumer
with explicit acknowledgement for its reader.

The reader is dealt messages by credit: it asks for as many as it may hold, and for one more with each that it is
through with. A server does not see that a reader is gone, so what it held comes back after `acknowledge_within_s`.

JetStream has no dead letters, it only tells (in advisories) that a message was terminated or handed out too often. As
its documentation suggests, this module hears that and copies the message out of the stream, as long as it is connected.

Duplicates really arrive: nothing is sent with `Nats-Msg-Id`, and the window in which a stream recognises that of others
is the shortest that the server takes.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from .....contracts.queues import Queue
from .. import cloud_event
from ..broker import CONFIRM_S, CONNECT_S, Broker, BrokerError, Capabilities, Consumer, Delivery, Seen, brokers
from ..link import Inbox, Link, opened
from ..message import Message, dead_letter

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.aio.msg import Msg
    from nats.aio.subscription import Subscription
    from nats.js import JetStreamContext

T = TypeVar("T")

_SHORTEST_WINDOW_S = 0.1
_ALL = "100%"
_ACKED = "$JS.EVENT.METRIC.CONSUMER.ACK"
_TERMINATED = "$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED"
_TOO_OFTEN = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES"
_ID_OF_THEIRS = "nats-msg-id"
_NACK = b"-NAK"
_PAUSES_S = (0.05, 0.2, 0.5)
# Seconds between two looks whether a client has closed without a word.
_LOOK_S = 0.1
# Whoever needs a connection makes one: the client itself shall neither make it again nor ask for long.
_CONNECTION: Any = {
    "allow_reconnect": False,
    "max_reconnect_attempts": 1,
    "reconnect_time_wait": 0.05,
    "connect_timeout": int(CONNECT_S),
}


@brokers.register("nats")
class Nats(Broker):
    """NATS with JetStream, nats-server 2.10 or newer."""

    schemes = ("nats", "tls")
    binding = cloud_event.NATS
    capabilities = Capabilities(
        order="queue",
        returns="in time",
        counts="broker",
        sets_aside="this",
        sees_acks=True,
        depth_of_unacked=True,
        unroutable=True,
        largest=900_000,
    )

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._client: Client | None = None
        self._link: Link | None = None
        self._connecting = asyncio.Lock()
        self._declared: dict[str, Queue] = {}
        self._watched: dict[str, Callable[[Seen], None]] = {}
        self._copying: set[asyncio.Task[None]] = set()

    async def connect(self) -> None:
        await self._connected()

    async def declare(self, queue: Queue) -> None:
        from nats.js.api import AckPolicy, ConsumerConfig, StreamConfig

        client, link = await self._connected()
        context = client.jetstream(timeout=CONFIRM_S)
        for each in queue.with_dead_letters:
            stream, durable = self.reading(each)
            subject = f"{each.name}.>" if each.below else each.name
            kept = StreamConfig(name=stream, subjects=[subject], duplicate_window=_SHORTEST_WINDOW_S)
            await _made(lambda kept=kept: _done(link, context.add_stream(kept)))  # type: ignore[misc]
            reader = ConsumerConfig(
                durable_name=durable,
                ack_policy=AckPolicy.EXPLICIT,
                ack_wait=each.acknowledge_within_s,
                max_deliver=each.deliveries,
                sample_freq=_ALL,
            )
            await _done(link, context.add_consumer(stream, reader))
        if self._declared.setdefault(queue.name, queue) is queue:
            await self._hear_of_dead_letters(client, queue)

    async def publish(self, queue: Queue, message: Message, address: str = "") -> tuple[str, int]:
        context, link = await self._context()
        sent = context.publish(address or queue.address, message.body, headers=message.as_headers())
        stored = await _done(link, sent)
        return stored.stream, stored.seq

    async def consume(self, queue: Queue, prefetch: int = 1) -> Consumer:
        consumer = _NatsConsumer(self, queue, *await self._open())
        try:
            await consumer.ask(prefetch)
        except BaseException:
            await consumer.crash()
            raise
        return consumer

    async def watch(self, queue: Queue, seen: Callable[[Seen], None]) -> None:
        self._watched[queue.name] = seen
        client, _ = await self._connected()
        await self._hear(client, queue)

    async def depth(self, queue: Queue) -> int:
        context, link = await self._context()
        info = await _done(link, context.consumer_info(*self.reading(queue)))
        return (info.num_pending or 0) + (info.num_ack_pending or 0)

    async def purge(self, queue: Queue) -> None:
        context, link = await self._context()
        await _done(link, context.purge_stream(self.reading(queue)[0]))

    async def remove(self, queue: Queue) -> None:
        context, link = await self._context()
        self._declared.pop(queue.name, None)
        for each in queue.with_dead_letters:
            try:
                await _done(link, context.delete_stream(self.reading(each)[0]))
            except BrokerError as error:
                if not error.lasting:  # else it is gone already
                    raise

    async def close(self) -> None:
        for task in self._copying:
            task.cancel()
        client, self._client = self._client, None
        if client is not None:
            await _hung_up(client)

    def reading(self, queue: Queue) -> tuple[str, str]:
        # Neither the names of streams nor those of consumers may have dots.
        return queue.name.replace(".", "-"), queue.reader

    async def _context(self) -> tuple[JetStreamContext, Link]:
        client, link = await self._connected()
        return client.jetstream(timeout=CONFIRM_S), link

    async def _connected(self) -> tuple[Client, Link]:
        async with self._connecting:
            if self._client is None or self._link is None or self._link.is_gone:
                self._client, self._link = await self._open()
                for queue in self._declared.values():
                    await self._hear_of_dead_letters(self._client, queue)
                    if queue.name in self._watched:
                        await self._hear(self._client, queue)
            return self._client, self._link

    async def _open(self) -> tuple[Client, Link]:
        from nats.aio.client import Client
        from nats.errors import Error

        # What goes wrong is raised where somebody waits for it; the client would write it on our standard error too.
        logging.getLogger("nats").setLevel(logging.CRITICAL)
        link, problems = Link(), list[Exception]()

        async def gone() -> None:
            link.broke("the connection to NATS is gone")

        async def failed(error: Exception) -> None:
            problems[:] = [error]

        client = Client()
        try:
            await opened(client.connect(self.url, **_CONNECTION, closed_cb=gone, error_cb=failed), client.close)
        except (Error, OSError, TimeoutError) as error:
            told = (problems or [error])[0]
            why = str(told) or type(told).__name__
            raise BrokerError(f"no connection to {self.place}: {why}", definite=True) from error
        watching = asyncio.ensure_future(_watched(client, link))
        link.when_broken(lambda: _ended(watching))
        return client, link

    async def _hear(self, client: Client, queue: Queue) -> None:
        """Pass on what the reader acknowledges, and what becomes a dead letter instead."""
        stream, durable = self.reading(queue)

        async def acknowledged(metric: Msg) -> None:
            told = json.loads(metric.data)
            self._watched[queue.name](Seen((stream, told["stream_seq"]), True, told["deliveries"]))

        async def refused(advisory: Msg) -> None:
            told = json.loads(advisory.data)
            self._watched[queue.name](Seen((stream, told["stream_seq"]), False, told["deliveries"]))

        await client.subscribe(f"{_ACKED}.{stream}.{durable}", cb=acknowledged)
        for advisory in (_TERMINATED, _TOO_OFTEN):
            await client.subscribe(f"{advisory}.{stream}.{durable}", cb=refused)

    async def _hear_of_dead_letters(self, client: Client, queue: Queue) -> None:
        if queue.dead_letters is None:
            return
        stream, durable = self.reading(queue)
        for advisory, why in (
            (_TERMINATED, "its reader terminated it"),
            (_TOO_OFTEN, "handed out {deliveries} times in vain"),
        ):

            async def told(message: Msg, why: str = why) -> None:
                task = asyncio.ensure_future(self._copy(queue, json.loads(message.data), why))
                self._copying.add(task)
                task.add_done_callback(self._copying.discard)

            await client.subscribe(f"{advisory}.{stream}.{durable}", cb=told)

    async def _copy(self, queue: Queue, told: Mapping[str, Any], why: str) -> None:
        """Copy the message that an advisory tells of into the dead letters, for as long as it takes."""
        assert queue.dead_letters is not None
        while True:
            try:
                context, link = await self._context()
                raw = await _done(link, context.get_msg(told["stream"], told["stream_seq"]))
                message = _message(raw.data or b"", raw.headers)
                reason = told.get("reason") or why.format_map(told)
                letter = dead_letter(message, reason, queue.name, told["deliveries"])
                await self.publish(queue.dead_letters, letter)
                return
            except BrokerError as error:
                if error.lasting:  # purged or removed meanwhile
                    return
            await asyncio.sleep(_SHORTEST_WINDOW_S)


class _NatsDelivery(Delivery):
    def __init__(self, consumer: _NatsConsumer, queue: Queue, raw: Msg) -> None:
        count = raw.metadata.num_delivered or 1
        super().__init__(consumer.broker, queue, _message(raw.data, raw.headers), count, count > 1)
        self._consumer = consumer
        self.raw = raw

    async def ack(self) -> None:
        await self._through(self.raw.ack())

    async def nack(self) -> None:
        # With an answer: else the request for the next message might overtake it, and a younger one come first.
        await self._through(self._consumer.client.request(self.raw.reply, _NACK, timeout=CONFIRM_S))

    async def working(self) -> None:
        await _done(self._consumer.link, self.raw.in_progress())

    async def _through(self, said: Coroutine[Any, Any, object]) -> None:
        self._consumer.held.pop(id(self), None)
        await _done(self._consumer.link, said)
        await self._consumer.ask(1)


class _NatsConsumer(Consumer):
    def __init__(self, broker: Nats, queue: Queue, client: Client, link: Link) -> None:
        self.broker = broker
        self.link = link
        self.held: dict[int, _NatsDelivery] = {}
        self._queue = queue
        self.client = client
        self._inbox: Inbox[Delivery] = Inbox(link)
        self._subscription: Subscription | None = None

    async def ask(self, count: int) -> None:
        """Give credit for so many messages more; a request stands until it is met."""
        if self._subscription is None:
            self._subscription = await self.client.subscribe(self.client.new_inbox(), cb=self._take)
        stream, durable = self.broker.reading(self._queue)
        asked = json.dumps({"batch": count}).encode()
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{durable}"
        await _done(self.link, self.client.publish(subject, asked, reply=self._subscription.subject))

    async def next(self) -> Delivery:
        return await self._inbox.next()

    async def close(self) -> None:
        if self._subscription is not None and not self.link.is_gone:
            with suppress(BrokerError):
                # First, that no more comes: what is on its way to us would be missed until its time is over.
                await _done(self.link, self._subscription.drain())  # type: ignore[no-untyped-call]
                for delivery in tuple(self.held.values()):
                    await _done(self.link, delivery.raw.nak())
        await self.crash()

    async def crash(self) -> None:
        self.link.broke("this reader has gone")
        await _hung_up(self.client)

    async def _take(self, raw: Msg) -> None:
        if raw.reply.startswith("$JS.ACK."):
            delivery = _NatsDelivery(self, self._queue, raw)
            self.held[id(delivery)] = delivery
            self._inbox.put(delivery)
        else:  # a status instead of a message: the consumer was removed, or the server is going down
            self.link.broke(f"NATS says: {(raw.headers or {}).get('Description', 'no more messages')}")


async def _watched(client: Client, link: Link) -> None:
    """Tell when the client has closed: one that fails to write its last words to a dead connection does not say so."""
    while True:
        await asyncio.sleep(_LOOK_S)
        if client.is_closed:
            link.broke("the connection to NATS is gone")
            return


def _ended(watching: asyncio.Future[None]) -> None:
    watching.cancel()


async def _hung_up(client: Client) -> None:
    with suppress(RuntimeError, OSError):  # the connection is dead already
        await client.close()


def _message(body: bytes, headers: Mapping[str, str] | None) -> Message:
    found = Message.of_headers(body, headers or {})
    theirs = found.header(_ID_OF_THEIRS)
    return replace(found, id=theirs) if theirs and not found.id else found


async def _made(make: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Make something that the server now and then fails to make while it clears others away (its error 500).

    Raises: BrokerError.
    """
    for pause_s in _PAUSES_S:
        try:
            await make()
            return
        except BrokerError as error:
            if error.lasting or not error.definite:
                raise
        await asyncio.sleep(pause_s)
    await make()


async def _done(link: Link, asked: Coroutine[Any, Any, T]) -> T:
    """Raises: BrokerError for whatever goes wrong on the way or at the server."""
    from nats.errors import ConnectionClosedError, Error, MaxPayloadError
    from nats.js.errors import APIError, NoStreamResponseError

    try:
        return await link.wait(asked, CONFIRM_S)
    except MaxPayloadError as error:
        raise BrokerError("larger than the server takes (max_payload)", definite=True, lasting=True) from error
    except NoStreamResponseError as error:
        raise BrokerError("no stream has this subject", definite=True, lasting=True) from error
    except APIError as error:
        lasting = (error.code or 500) < 500
        raise BrokerError(f"NATS refuses: {error.description}", definite=True, lasting=lasting) from error
    except ConnectionClosedError as error:
        link.broke(str(error))
        raise BrokerError(str(error), definite=True) from error
    except (Error, TimeoutError, RuntimeError) as error:
        raise BrokerError(f"NATS did not answer: {str(error) or type(error).__name__}", definite=False) from error
