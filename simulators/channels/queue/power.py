"""A broker of our own that goes down and comes back, at the same address and with all that it had stored."""

from __future__ import annotations

import asyncio

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

    def switch(self, on: bool) -> None:
        """Returns at once; `settled` waits until it is done."""
        task = asyncio.ensure_future(self._switch(on))
        self._switching.add(task)
        task.add_done_callback(self._switching.discard)

    async def settled(self) -> None:
        await asyncio.gather(*self._switching)

    async def _switch(self, on: bool) -> None:
        async with self._turn:
            try:
                await (self._server.start() if on else self._server.go_down())
            except Exception as error:  # in a task of its own nobody else would hear of it
                self._errors.append(f"the broker could not be switched {'on' if on else 'off'}: {error}")
