"""RabbitMQ, over AMQP 0-9-1 (https://www.rabbitmq.com/docs/quorum-queues): a topic exchange for the run, a quorum queue
for each queue.

Publishers use confirms and the mandatory flag: what no queue takes comes back. Quorum queues are what RabbitMQ
recommends for what must not be lost: they survive a restart, put back what a lost reader held, at the place where it
was, count the deliveries (`x-delivery-count`), and set aside by themselves what was handed out too often or refused,
through the dead-letter exchange, at least once.

A broker tells nobody but the reader what was acknowledged, and its depth over AMQP leaves out what is handed out and
not acknowledged yet. Of many acknowledgements at once the last may be lost with a reader that goes just then, be it in
good order: a channel hands them to a quorum queue a few at a time. The messages come again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from .....contracts.queues import Queue
from .. import cloud_event
from ..broker import CONFIRM_S, Broker, BrokerError, Capabilities, Consumer, Delivery, Seen, brokers
from ..link import Inbox, Link, opened
from ..message import Message

if TYPE_CHECKING:
    from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractIncomingMessage, AbstractQueue

T = TypeVar("T")

_KEY = "message-key"
_COUNT = "x-delivery-count"
# It logs with a traceback each connection that breaks, which is what a fault is for; it also shows where it is used.
logging.getLogger("aiormq").setLevel(logging.CRITICAL)


@brokers.register("rabbitmq")
class RabbitMq(Broker):
    """RabbitMQ 3.10 or newer."""

    schemes = ("amqp", "amqps")
    binding = cloud_event.AMQP
    capabilities = Capabilities(
        order="queue",
        returns="at once",
        counts="broker",
        sets_aside="broker",
        sees_acks=False,
        depth_of_unacked=False,
        unroutable=True,
        largest=16_000_000,
    )

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._connection: AbstractConnection | None = None
        self._channel: AbstractChannel | None = None
        self._link: Link | None = None
        self._connecting = asyncio.Lock()

    async def connect(self) -> None:
        await self._connected()

    async def declare(self, queue: Queue) -> None:
        from aio_pika import ExchangeType

        async def declared(channel: AbstractChannel) -> None:
            exchange = await channel.declare_exchange(queue.exchange, ExchangeType.TOPIC, durable=True)
            for each in reversed(queue.with_dead_letters):
                made = await channel.declare_queue(each.name, durable=True, arguments=_arguments(each))
                await made.bind(exchange, f"{each.name}.#" if each.below else each.name)

        await self._on_a_channel(declared)

    async def publish(self, queue: Queue, message: Message, address: str = "") -> None:
        channel, link = await self._connected()
        routing_key = address or queue.address
        with _said():
            exchange = await channel.get_exchange(queue.exchange, ensure=False)
            confirmed = await link.wait(exchange.publish(_outgoing(message), routing_key, mandatory=True), CONFIRM_S)
        if type(confirmed).__name__ == "DeliveredMessage":  # it came back
            raise BrokerError(f"no queue takes {routing_key}", definite=True, lasting=True)

    async def consume(self, queue: Queue, prefetch: int = 1) -> Consumer:
        connection, link = await self._open()
        consumer = _RabbitMqConsumer(self, queue, connection, link)
        try:
            with _said():
                await link.wait(consumer.start(prefetch), CONFIRM_S)
        except BaseException:
            await consumer.crash()
            raise
        return consumer

    async def watch(self, queue: Queue, seen: Callable[[Seen], None]) -> None:
        """Nothing is ever heard."""

    async def depth(self, queue: Queue) -> int:
        async def depth(channel: AbstractChannel) -> int:
            found = await channel.declare_queue(queue.name, passive=True)
            return found.declaration_result.message_count or 0

        return await self._on_a_channel(depth)

    async def purge(self, queue: Queue) -> None:
        async def purged(channel: AbstractChannel) -> None:
            await (await channel.get_queue(queue.name)).purge()

        await self._on_a_channel(purged)

    async def remove(self, queue: Queue) -> None:
        async def removed(channel: AbstractChannel) -> None:
            for each in queue.with_dead_letters:
                await channel.queue_delete(each.name)

        async def exchange_removed(channel: AbstractChannel) -> None:
            await channel.exchange_delete(queue.exchange, if_unused=True)

        await self._on_a_channel(removed)
        with suppress(BrokerError):  # other queues of the run are still bound to it
            await self._on_a_channel(exchange_removed)

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await _closed(connection)

    def exchange(self, queue: Queue) -> str:
        return queue.exchange

    def reading(self, queue: Queue) -> tuple[str, str]:
        return queue.name, ""

    async def _on_a_channel(self, work: Callable[[AbstractChannel], Coroutine[Any, Any, T]]) -> T:
        """On a channel of its own: one that meets with a refusal is closed by the broker."""
        await self._connected()
        connection, link = self._connection, self._link
        assert connection is not None
        assert link is not None
        with _said():
            async with await link.wait(_channel_of(connection), CONFIRM_S) as channel:
                return await link.wait(work(channel), CONFIRM_S)

    async def _connected(self) -> tuple[AbstractChannel, Link]:
        async with self._connecting:
            if self._connection is None or self._channel is None or self._link is None or self._link.is_gone:
                self._connection, self._link = await self._open()
                with _said():
                    self._channel = await self._link.wait(_channel_of(self._connection), CONFIRM_S)
            return self._channel, self._link

    async def _open(self) -> tuple[AbstractConnection, Link]:
        from aio_pika import Connection
        from aio_pika.connection import make_url
        from aio_pika.exceptions import AMQPError

        link, connection = Link(), Connection(make_url(self.url))
        try:
            await opened(connection.connect(), connection.close)
        except (AMQPError, OSError, TimeoutError) as error:
            why = str(error) or type(error).__name__
            raise BrokerError(f"no connection to {self.place}: {why}", definite=True) from error
        connection.close_callbacks.add(lambda *_: link.broke("the connection to RabbitMQ is gone"))
        return connection, link


class _RabbitMqDelivery(Delivery):
    def __init__(self, consumer: _RabbitMqConsumer, queue: Queue, raw: AbstractIncomingMessage) -> None:
        earlier = raw.headers.get(_COUNT)
        count = 1 + (earlier if isinstance(earlier, int) else int(bool(raw.redelivered)))
        super().__init__(consumer.broker, queue, _incoming(raw), count, bool(raw.redelivered))
        self._consumer = consumer
        self._raw = raw

    async def ack(self) -> None:
        with _said():
            await self._consumer.link.wait(self._raw.ack(), CONFIRM_S)

    async def nack(self) -> None:
        with _said():
            await self._consumer.link.wait(self._raw.nack(requeue=True), CONFIRM_S)

    async def working(self) -> None:
        """RabbitMQ waits for half an hour (consumer_timeout), and sees by itself when we are gone."""


class _RabbitMqConsumer(Consumer):
    def __init__(self, broker: RabbitMq, queue: Queue, connection: AbstractConnection, link: Link) -> None:
        self.broker = broker
        self.link = link
        self._queue = queue
        self._connection = connection
        self._channel: AbstractChannel | None = None
        self._inbox: Inbox[Delivery] = Inbox(link)

    async def start(self, prefetch: int) -> None:
        self._channel = await _channel_of(self._connection)
        self._channel.close_callbacks.add(lambda *_: self.link.broke("RabbitMQ has closed the channel of this reader"))
        await self._channel.set_qos(prefetch)
        queue: AbstractQueue = await self._channel.get_queue(self._queue.name)
        await queue.consume(self._take)

    async def next(self) -> Delivery:
        return await self._inbox.next()

    async def close(self) -> None:
        if self._channel is not None and not self.link.is_gone:
            # The broker answers this when it has taken all acknowledgements before it.
            with suppress(BrokerError), _said():
                await self.link.wait(self._channel.close(), CONFIRM_S)
        await self.crash()

    async def crash(self) -> None:
        # To the broker it is all the same: the connection is gone, and what was not acknowledged goes back.
        self.link.broke("this reader has gone")
        await _closed(self._connection)

    async def _take(self, raw: AbstractIncomingMessage) -> None:
        self._inbox.put(_RabbitMqDelivery(self, self._queue, raw))


def _arguments(queue: Queue) -> dict[str, Any]:
    arguments: dict[str, Any] = {"x-queue-type": "quorum"}
    if queue.dead_letters is None:
        return arguments
    return arguments | {
        # It is set aside when it comes back for this time.
        "x-delivery-limit": queue.deliveries - 1,
        "x-dead-letter-exchange": queue.exchange,
        "x-dead-letter-routing-key": queue.dead_letters.address,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",  # which that strategy demands
    }


async def _closed(connection: AbstractConnection) -> None:
    """As politely as the broker lets us: it may be gone without a word, and the client waits for its answer."""
    with suppress(TimeoutError):
        async with asyncio.timeout(CONFIRM_S):
            await connection.close()


async def _channel_of(connection: AbstractConnection) -> AbstractChannel:
    channel = connection.channel(publisher_confirms=True)
    await channel.initialize()
    return channel


def _outgoing(message: Message) -> Any:
    from aio_pika import DeliveryMode
    from aio_pika import Message as AmqpMessage

    return AmqpMessage(
        message.body,
        headers={**message.headers, **({_KEY: message.key} if message.key else {})},
        content_type=message.content_type or None,
        correlation_id=message.correlation_id or None,
        message_id=message.id or None,
        delivery_mode=DeliveryMode.PERSISTENT,
    )


def _incoming(raw: AbstractIncomingMessage) -> Message:
    found = Message.of_headers(raw.body, {name: str(value) for name, value in raw.headers.items() if name != _COUNT})
    return replace(
        found,
        id=raw.message_id or found.id,
        content_type=raw.content_type or found.content_type,
        correlation_id=raw.correlation_id or found.correlation_id,
    )


@contextmanager
def _said() -> Iterator[None]:
    """Raises: BrokerError for whatever goes wrong on the way or at the broker."""
    from aio_pika.exceptions import AMQPError, ChannelClosed

    try:
        yield
    except ChannelClosed as error:
        raise BrokerError(f"RabbitMQ refuses: {error}", definite=True, lasting=True) from error
    except (AMQPError, OSError, RuntimeError, asyncio.InvalidStateError) as error:
        raise BrokerError(f"RabbitMQ did not answer: {str(error) or type(error).__name__}", definite=False) from error
