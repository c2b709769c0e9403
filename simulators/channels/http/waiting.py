"""Waiting on the wire clock, for a time to pass or for the caller to hang up. Never the machine's clock."""

from __future__ import annotations

import asyncio

from ...clock import Clock
from .exchange import Connection


async def pause(clock: Clock, seconds: float) -> None:
    """Until so many seconds have passed on the wire clock."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    timer = clock.after(seconds, lambda: None if done.done() else done.set_result(None))
    try:
        await done
    finally:
        timer.cancel()


async def caller_left(clock: Clock, connection: Connection, seconds: float) -> bool:
    """Wait until the caller hangs up, or for so long; True when it hung up."""
    leaving = asyncio.ensure_future(connection.hung_up())
    waiting = asyncio.ensure_future(pause(clock, seconds))
    try:
        await asyncio.wait((leaving, waiting), return_when=asyncio.FIRST_COMPLETED)
        return leaving.done()
    finally:
        leaving.cancel()
        waiting.cancel()
