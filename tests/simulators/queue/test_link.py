"""What a connection's tasks come to when they are ended."""

import asyncio

import pytest

from crossdock.simulators.channels.queue import link
from crossdock.simulators.channels.queue.link import ended


async def test_a_task_ends_though_a_client_swallows_that_it_was_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "CONFIRM_S", 0.01)
    heard = 0

    async def swallows_the_first() -> None:
        nonlocal heard
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                heard += 1
                if heard > 1:
                    raise

    async def fails() -> None:
        raise RuntimeError("for a reason of its own")

    stubborn, failing = asyncio.ensure_future(swallows_the_first()), asyncio.ensure_future(fails())
    await asyncio.sleep(0)
    await ended(stubborn, failing)

    assert heard == 2
    assert stubborn.cancelled()
    assert failing.done()


async def test_where_there_is_nothing_nothing_is_waited_for() -> None:
    await ended()
