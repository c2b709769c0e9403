"""Waiting on the wire clock, for a time to pass or for the caller to hang up. Never the machine's clock."""

from __future__ import annotations

import asyncio

from ...clock import Clock
from ...interference import Delay
from .exchange import Receive


async def wait(clock: Clock, delay: Delay | None) -> None:
    """As long as the delay says, when there is one."""
    if delay is not None:
        await pause(clock, delay.seconds)


async def pause(clock: Clock, seconds: float) -> None:
    """Until so many seconds have passed on the wire clock."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    timer = clock.after(seconds, lambda: None if done.done() else done.set_result(None))
    try:
        await done
    finally:
        timer.cancel()


async def caller_left(clock: Clock, receive: Receive, seconds: float) -> bool:
    """Wait until the caller hangs up, or for so long; True when it hung up."""
    leaving = asyncio.ensure_future(hung_up(receive))
    waiting = asyncio.ensure_future(pause(clock, seconds))
    try:
        await asyncio.wait((leaving, waiting), return_when=asyncio.FIRST_COMPLETED)
        return leaving.done()
    finally:
        leaving.cancel()
        waiting.cancel()


async def hung_up(receive: Receive) -> None:
    """Until the connection is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
