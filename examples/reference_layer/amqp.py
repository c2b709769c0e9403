"""The `Queues` port over RabbitMQ (AMQP 0-9-1): a consumer for each queue, publishing with confirms."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from .ports import Received, TimedOut, Unreachable
from .settings import Inlet

if TYPE_CHECKING:
    from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractIncomingMessage

T = TypeVar("T")
AT_ONCE, WAIT_S, TAKE_DOWN_S = 20, 1.0, 1.0
# What AMQP has properties for, by the names that it goes by everywhere else.
PROPERTIES = {"message-id": "message_id", "correlation-id": "correlation_id", "content-type": "content_type"}


@dataclass(slots=True, eq=False)
class _Link:
    """A connection with its channel, and what came for us by it. Acknowledgements end with it."""

    connection: AbstractConnection
    channel: AbstractChannel
    arrived: dict[Inlet, asyncio.Queue[AbstractIncomingMessage]] = field(default_factory=dict)
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class RabbitQueues:
    """aio-pika is imported with the first connection, which is made again when it is lost."""

    def __init__(self, url: str, exchange: str, timeout_s: float) -> None:
        self._url, self._exchange, self._timeout_s = url, exchange, timeout_s
        self._link: _Link | None = None
        self._connecting = asyncio.Lock()

    async def receive(self, inlet: Inlet) -> list[Received]:
        link = await self._connected()
        if inlet not in link.arrived:
            arrived = link.arrived[inlet] = asyncio.Queue()
            queue = await self.done(link, link.channel.get_queue(inlet.queue, ensure=False))
            await self.done(link, queue.consume(arrived.put))
        first = await _first_of(link.arrived[inlet], link.gone)
        if link.gone.is_set():
            await self._lost(link)
            raise Unreachable("the connection to RabbitMQ is gone")
        messages = [first] if first else []
        while len(messages) < AT_ONCE and not link.arrived[inlet].empty():
            messages.append(link.arrived[inlet].get_nowait())
        return [_Received(self, link, message) for message in messages]

    async def put(self, address: str, headers: Mapping[str, str], body: bytes) -> None:
        from aio_pika import DeliveryMode, Message

        link = await self._connected()
        properties = {PROPERTIES[name]: value for name, value in headers.items() if name in PROPERTIES}
        others = {name: value for name, value in headers.items() if name not in PROPERTIES}
        message = Message(body, headers=dict(others), delivery_mode=DeliveryMode.PERSISTENT)
        for name, value in properties.items():
            setattr(message, name, value)
        exchange = await self.done(link, link.channel.get_exchange(self._exchange, ensure=False))
        await self.done(link, exchange.publish(message, address, mandatory=True))

    async def close(self) -> None:
        if self._link is not None:
            await self._lost(self._link)

    async def done(self, link: _Link, asked: Awaitable[T]) -> T:
        """Raises: TimedOut; it may have happened."""
        from aio_pika.exceptions import AMQPError

        try:
            return await asyncio.wait_for(asked, self._timeout_s)
        except (AMQPError, OSError, RuntimeError, TimeoutError, asyncio.InvalidStateError) as error:
            await self._lost(link)
            raise TimedOut(f"{type(error).__name__} {error}".strip()) from error

    async def _connected(self) -> _Link:
        """Raises: Unreachable."""
        from aio_pika import Connection
        from aio_pika.connection import make_url
        from aio_pika.exceptions import AMQPError

        async with self._connecting:
            if self._link is not None and not self._link.gone.is_set():
                return self._link
            connection = Connection(make_url(self._url))
            try:
                async with asyncio.timeout(self._timeout_s):
                    await connection.connect()
                    channel = connection.channel(publisher_confirms=True)
                    await channel.initialize()
                    await channel.set_qos(AT_ONCE)
            except (AMQPError, OSError, RuntimeError, TimeoutError) as error:
                await _taken_down(connection)
                raise Unreachable(f"{type(error).__name__} {error}".strip()) from error
            link = self._link = _Link(connection, channel)
            for closing in (connection.close_callbacks, channel.close_callbacks):
                closing.add(lambda *_: link.gone.set())
            return link

    async def _lost(self, link: _Link) -> None:
        if self._link is link:
            self._link = None
        link.gone.set()
        await _taken_down(link.connection)


class _Received:
    def __init__(self, queues: RabbitQueues, link: _Link, message: AbstractIncomingMessage) -> None:
        self._queues, self._link, self._message = queues, link, message
        self.body = message.body
        self.headers = {name.lower(): str(value) for name, value in message.headers.items()}
        for name, attribute in PROPERTIES.items():
            if value := getattr(message, attribute):
                self.headers[name] = str(value)

    async def acknowledge(self) -> None:
        await self._queues.done(self._link, self._message.ack())

    async def refuse(self, reason: str) -> None:
        """RabbitMQ takes no reason along; the queue's dead-letter exchange sets it aside."""
        await self._queues.done(self._link, self._message.reject(requeue=False))


async def _first_of(
    arrived: asyncio.Queue[AbstractIncomingMessage], gone: asyncio.Event
) -> AbstractIncomingMessage | None:
    """What comes next, None when nothing does for a while, or nothing more can."""
    coming, going = asyncio.ensure_future(arrived.get()), asyncio.ensure_future(gone.wait())
    try:
        await asyncio.wait((coming, going), timeout=WAIT_S, return_when=asyncio.FIRST_COMPLETED)
        return coming.result() if coming.done() else None
    finally:
        coming.cancel()
        going.cancel()


async def _taken_down(connection: AbstractConnection) -> None:
    with suppress(Exception):
        await asyncio.wait_for(connection.close(), TAKE_DOWN_S)
