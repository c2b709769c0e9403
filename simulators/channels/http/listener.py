"""A party's server socket: opened, closed as in an outage, opened again at the same address."""

from __future__ import annotations

import asyncio
import socket

from ..gate import BACKLOG, Gate
from .connection import HttpConnection
from .exchange import App


class Listener:
    """One app at one address of the loopback interface."""

    def __init__(self, app: App, port: int = 0, host: str = "127.0.0.1") -> None:
        self._app = app
        self._connections: set[HttpConnection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._gate = Gate(self._serve, host, port)

    @property
    def port(self) -> int:
        return self._gate.port

    @property
    def url(self) -> str:
        return f"http://{self._gate.host}:{self.port}"

    async def open(self) -> None:
        """Listen; a port of 0 is chosen by the system now and kept from then on.

        Raises: OSError when the address is taken.
        """
        await self._gate.open()

    def cut(self) -> None:
        """Stop listening and drop every connection: from now on callers are refused. The address stays taken."""
        self._gate.cut()
        self._drop()

    def reopen(self) -> None:
        """Listen again at the old address, from a callback: callers are taken in at once, and served as soon as the
        loop comes round. Nothing when it is open.
        """
        self._gate.reopen()

    async def close(self) -> None:
        """Stop for good."""
        self._gate.close()
        self._drop()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _drop(self) -> None:
        for connection in list(self._connections):
            connection.abort()

    async def _serve(self, listening: socket.socket) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(self._connection, sock=listening, backlog=BACKLOG)

    def _connection(self) -> HttpConnection:
        return HttpConnection(self._app, self._connections, self._tasks)
