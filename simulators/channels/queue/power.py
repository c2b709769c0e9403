"""A broker of our own that goes down and comes back, at the same address and with all that it had stored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from .servers.server import BrokerServer

# What the broker is called where parties are named: in the journal, and by those who take it down.
BROKER = "broker"


class Power:
    """Switches a server off and on, one after the other, in the order in which it is told to."""

    def __init__(self, server: BrokerServer, errors: list[str]) -> None:
        self._server = server
        self._errors = errors
        self._turn = asyncio.Lock()
        self._switching: set[asyncio.Task[None]] = set()
        self._waiting: set[asyncio.Task[None]] = set()

    def switch(self, on: bool) -> None:
        """Returns at once; `settled` waits until it is done."""
        task = asyncio.ensure_future(self._switch(on))
        self._switching.add(task)
        task.add_done_callback(self._switching.discard)

    def once_settled(self, then: Callable[[], None]) -> None:
        """Call back when all is done that was begun so far, be it in vain."""
        waiting = asyncio.ensure_future(self.settled())
        self._waiting.add(waiting)
        waiting.add_done_callback(self._waiting.discard)
        waiting.add_done_callback(lambda done: None if done.cancelled() else then())

    async def settled(self) -> None:
        await asyncio.gather(*self._switching)

    async def _switch(self, on: bool) -> None:
        async with self._turn:
            try:
                await (self._server.start() if on else self._server.go_down())
            except Exception as error:  # in a task of its own nobody else would hear of it
                self._errors.append(f"the broker could not be switched {'on' if on else 'off'}: {error}")
