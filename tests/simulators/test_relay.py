"""The relay: it carries everything, resets connections, and swallows answers."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from crossdock.simulators.channels.relay import Relay

DEADLINE_S = 5.0


class Echo:
    """A server that says back what it hears, and remembers it."""

    def __init__(self) -> None:
        self.heard = b""
        self.ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.hearing = asyncio.Condition()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while chunk := await reader.read(1000):
                async with self.hearing:
                    self.heard += chunk
                    self.hearing.notify_all()
                writer.write(chunk)
                await writer.drain()
            self._end("closed")
        except ConnectionResetError:
            self._end("reset")
        finally:
            writer.close()

    async def until_heard(self, octets: bytes) -> None:
        async with asyncio.timeout(DEADLINE_S), self.hearing:
            await self.hearing.wait_for(lambda: octets in self.heard)

    def _end(self, how: str) -> None:
        if not self.ended.done():
            self.ended.set_result(how)


@pytest.fixture
async def echo() -> Echo:
    return Echo()


@pytest.fixture
async def relay(echo: Echo) -> AsyncIterator[Relay]:
    server = await asyncio.start_server(echo.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with Relay(f"amqp://ada:secret@127.0.0.1:{port}/vhost") as relay:
        yield relay
    server.close()


async def connected(relay: Relay) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    _, _, port = relay.url.removesuffix("/vhost").rpartition(":")
    return await asyncio.open_connection("127.0.0.1", int(port))


async def exchanged(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, octets: bytes) -> bytes:
    writer.write(octets)
    return await asyncio.wait_for(reader.readexactly(len(octets)), DEADLINE_S)


async def test_everything_is_carried_both_ways_and_the_url_keeps_its_credentials(relay: Relay) -> None:
    reader, writer = await connected(relay)
    octets = bytes(range(256)) * 2000

    assert await exchanged(reader, writer, octets) == octets
    assert relay.url.startswith("amqp://ada:secret@127.0.0.1:")
    assert relay.connections == 1
    writer.close()


async def test_the_end_of_one_side_is_carried_to_the_other(relay: Relay, echo: Echo) -> None:
    reader, writer = await connected(relay)
    await exchanged(reader, writer, b"hello")

    writer.write_eof()

    assert await asyncio.wait_for(reader.read(), DEADLINE_S) == b""
    assert await asyncio.wait_for(echo.ended, DEADLINE_S) == "closed"
    writer.close()


async def test_a_reset_is_one_at_both_ends_and_others_can_connect_afterwards(relay: Relay, echo: Echo) -> None:
    reader, writer = await connected(relay)
    await exchanged(reader, writer, b"hello")

    assert relay.reset() == 1

    with pytest.raises(ConnectionResetError):
        await asyncio.wait_for(reader.read(), DEADLINE_S)
    assert await asyncio.wait_for(echo.ended, DEADLINE_S) == "reset"
    writer.close()
    again, answering = await connected(relay)
    assert await exchanged(again, answering, b"again") == b"again"
    answering.close()


async def test_swallowed_answers_are_never_heard_though_the_server_hears_the_caller(relay: Relay, echo: Echo) -> None:
    reader, writer = await connected(relay)
    await exchanged(reader, writer, b"hello")

    assert relay.swallow() == 1
    writer.write(b"publish")
    await echo.until_heard(b"publish")
    relay.reset()

    with pytest.raises(ConnectionResetError):
        await asyncio.wait_for(reader.read(), DEADLINE_S)
    writer.close()


async def test_swallowing_strikes_the_connections_of_today_only(relay: Relay) -> None:
    relay.swallow()

    reader, writer = await connected(relay)

    assert await exchanged(reader, writer, b"hello") == b"hello"
    writer.close()


async def test_a_server_that_is_not_there_is_a_reset() -> None:
    async with Relay("kafka://127.0.0.1:9") as relay:
        _, _, port = relay.url.rpartition(":")
        reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(reader.read(), DEADLINE_S)
        writer.close()
