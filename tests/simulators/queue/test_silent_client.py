"""A client of NATS that closes without a word: whoever waits for it hears so all the same, and connects again."""

import asyncio

import pytest
from nats.aio.client import Client

from crossdock.simulators.channels.queue.broker import BrokerError
from crossdock.simulators.channels.queue.message import Message
from crossdock.tests.simulators.queue.bench import DEADLINE_S, Bench
from crossdock.tests.simulators.queue.conftest import on_nats


def silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have clients close as they do when their last words can't be written any more: no callback is called."""

    async def _close(self: Client, status: int, do_cbs: bool = True) -> None:
        self._status = status
        assert self._transport is not None
        self._transport.close()  # type: ignore[no-untyped-call]
        raise RuntimeError("unable to perform operation; the handler is closed")

    monkeypatch.setattr(Client, "_close", _close)


async def closed(client: Client) -> None:
    with pytest.raises(RuntimeError):
        await client.close()
    assert client.is_closed


@on_nats
async def test_a_reader_whose_client_has_closed_hears_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    broker, queue = await bench.requests()
    consumer = await broker.consume(queue)
    waiting = asyncio.ensure_future(consumer.next())
    silence(monkeypatch)

    await closed(consumer.client)  # type: ignore[attr-defined]

    with pytest.raises(BrokerError, match="the connection to NATS is gone"):
        await asyncio.wait_for(waiting, DEADLINE_S)
    await consumer.close()


@on_nats
async def test_a_publisher_whose_client_has_closed_connects_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker, queue = await bench.requests()
    with monkeypatch.context() as patch:
        silence(patch)
        await closed(broker._client)  # type: ignore[attr-defined]

    with pytest.raises(BrokerError):
        await broker.publish(queue, Message(b"in vain"))
    await broker.publish(queue, Message(b"arrives"))

    assert await broker.depth(queue) == 1
