"""A relay between a caller and a party, both of which a test speaks for."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from crossdock.scenarios.wire.relay import HOST, Relay

DEADLINE_S = 5.0


@dataclass
class Side:
    """One side of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def hear(self, count: int) -> bytes:
        async with asyncio.timeout(DEADLINE_S):
            return await self.reader.readexactly(count)

    async def rest(self) -> bytes:
        """All up to the end of the connection. Raises: ConnectionResetError when it ends by a reset."""
        async with asyncio.timeout(DEADLINE_S):
            return await self.reader.read()

    async def last_words(self) -> tuple[bytes, bool]:
        """All that comes, and whether it ended by a reset."""
        heard = bytearray()
        async with asyncio.timeout(DEADLINE_S):
            try:
                while data := await self.reader.read(65_536):
                    heard += data
            except ConnectionResetError:
                return bytes(heard), True
        return bytes(heard), False

    async def is_silent(self, while_waiting: "asyncio.Future[Any]") -> bool:
        """Whether nothing comes, not even an end, until the other thing has happened."""
        reading = asyncio.ensure_future(self.reader.read(1))
        async with asyncio.timeout(DEADLINE_S):
            await asyncio.wait((reading, while_waiting), return_when=asyncio.FIRST_COMPLETED)
        silent = not reading.done()
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        return silent


@dataclass
class Passage:
    """The relay, and the sides of every connection through it that the party has taken."""

    relay: Relay
    taken: "asyncio.Queue[Side]" = field(default_factory=asyncio.Queue)
    sides: list[Side] = field(default_factory=list)

    async def call(self) -> tuple[Side, Side]:
        """A connection: the caller's side and the party's."""
        caller = await self.dial()
        async with asyncio.timeout(DEADLINE_S):
            return caller, await self.taken.get()

    async def dial(self) -> Side:
        async with asyncio.timeout(DEADLINE_S):
            caller = Side(*await asyncio.open_connection(HOST, self.relay.port))
        self.sides.append(caller)
        return caller

    async def until(self, condition: Callable[[], Any], what: str) -> None:
        deadline = asyncio.get_running_loop().time() + DEADLINE_S
        while not condition():
            assert asyncio.get_running_loop().time() < deadline, f"waited {DEADLINE_S:g} s in vain until {what}"
            await asyncio.sleep(0.001)


@asynccontextmanager
async def passage() -> AsyncIterator[Passage]:
    """A party that only listens, and a relay in front of it."""

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        side = Side(reader, writer)
        opened.sides.append(side)
        opened.taken.put_nowait(side)

    server = await asyncio.start_server(take, HOST, 0)
    relay = Relay(HOST, server.sockets[0].getsockname()[1], Random(1))
    opened = Passage(relay)
    await relay.open()
    try:
        yield opened
    finally:
        relay.close()
        server.close()
        for side in opened.sides:
            side.writer.close()
        await asyncio.gather(*(side.writer.wait_closed() for side in opened.sides), return_exceptions=True)


def closed_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
