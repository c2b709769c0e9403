"""The `Queues` port over NATS JetStream: pull consumers that are there already, acknowledged one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from .ports import Received, TimedOut, Unreachable
from .settings import Inlet

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.aio.msg import Msg

T = TypeVar("T")
AT_ONCE, WAIT_S = 20, 1.0


class JetStreamQueues:
    """nats-py is imported with the first connection, which is made again when it is lost."""

    def __init__(self, url: str, timeout_s: float) -> None:
        self._url, self._timeout_s = url, timeout_s
        self._client: Client | None = None
        self._readers: dict[Inlet, Any] = {}
        self._connecting = asyncio.Lock()

    async def receive(self, inlet: Inlet) -> list[Received]:
        from nats.errors import Error

        client = await self._connected()
        try:
            if inlet not in self._readers:
                context = client.jetstream(timeout=self._timeout_s)
                self._readers[inlet] = await context.pull_subscribe_bind(inlet.group, inlet.queue)
            messages = await self._readers[inlet].fetch(AT_ONCE, timeout=WAIT_S)
        except TimeoutError:  # nats-py raises one of its own, which is a kind of it
            messages = []
        except (Error, OSError, RuntimeError) as error:  # RuntimeError: uvloop's, of a connection that is dead
            await self._lost(client)
            raise Unreachable(f"{type(error).__name__} {error}".strip()) from error
        if client.is_closed:
            await self._lost(client)
            raise Unreachable("the connection to NATS is gone")
        return [_Received(self, client, message) for message in messages]

    async def put(self, address: str, headers: Mapping[str, str], body: bytes) -> None:
        client = await self._connected()
        await self.done(client, client.jetstream(timeout=self._timeout_s).publish(address, body, headers=dict(headers)))

    async def close(self) -> None:
        if self._client is not None:
            await self._lost(self._client)

    async def done(self, client: Client, asked: Awaitable[T]) -> T:
        """Raises: TimedOut; it may have happened."""
        from nats.errors import Error

        try:
            return await asyncio.wait_for(asked, self._timeout_s)
        except (Error, OSError, RuntimeError, TimeoutError) as error:
            await self._lost(client)
            raise TimedOut(f"{type(error).__name__} {error}".strip()) from error

    async def _connected(self) -> Client:
        """Raises: Unreachable."""
        from nats.aio.client import Client
        from nats.errors import Error

        async with self._connecting:
            if self._client is not None and self._client.is_connected:
                return self._client
            client = Client()
            try:
                connecting = client.connect(
                    self._url, allow_reconnect=False, max_reconnect_attempts=1, error_cb=_quietly, connect_timeout=2
                )
                await asyncio.wait_for(connecting, self._timeout_s)
            except (Error, OSError, RuntimeError, TimeoutError) as error:
                raise Unreachable(f"{type(error).__name__} {error}".strip()) from error
            self._client, self._readers = client, {}
            return client

    async def _lost(self, client: Client) -> None:
        if self._client is client:
            self._client, self._readers = None, {}
        with suppress(Exception):
            await client.close()


class _Received:
    def __init__(self, queues: JetStreamQueues, client: Client, message: Msg) -> None:
        self._queues, self._client, self._message = queues, client, message
        self.body = message.data
        self.headers = {name.lower(): value for name, value in (message.headers or {}).items()}

    async def acknowledge(self) -> None:
        await self._queues.done(self._client, self._message.ack_sync(timeout=self._queues._timeout_s))

    async def refuse(self, reason: str) -> None:
        """JetStream takes no reason along; it tells whoever keeps the dead letters that this is one."""
        await self._queues.done(self._client, self._message.term())


async def _quietly(_error: Exception) -> None:
    """What goes wrong is raised where it is waited for."""
