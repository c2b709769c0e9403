"""A party's server socket: opened, closed as in an outage, opened again at the same address."""

from __future__ import annotations

import asyncio
import socket

from .connection import HttpConnection
from .exchange import App

BACKLOG = 2048


class Listener:
    """One app at one address of the loopback interface."""

    def __init__(self, app: App, port: int = 0, host: str = "127.0.0.1") -> None:
        self._app = app
        self._connections: set[HttpConnection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._opening: tuple[asyncio.Task[None], socket.socket] | None = None
        self._reserved: socket.socket | None = None
        self.host = host
        self.port = port

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    async def open(self) -> None:
        """Listen; a port of 0 is chosen by the system now and kept from then on.

        Raises: OSError when the address is taken.
        """
        await self._serve(self._bind())

    def cut(self) -> None:
        """Stop listening and drop every connection: from now on callers are refused. The address stays taken."""
        if self._opening is not None:
            task, listening = self._opening
            task.cancel()
            listening.close()
            self._opening = None
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._reserved is None:
            self._reserved = self._bind()
        for connection in list(self._connections):
            connection.abort()

    def reopen(self) -> None:
        """Listen again at the old address, from a callback: callers are taken in at once, and served as soon as the
        loop comes round. Nothing when it is open.
        """
        if self._reserved is None:
            return
        listening, self._reserved = self._reserved, None
        listening.listen(BACKLOG)
        self._opening = (asyncio.get_running_loop().create_task(self._serve(listening)), listening)

    async def close(self) -> None:
        """Stop for good."""
        self.cut()
        if self._reserved is not None:
            self._reserved.close()
            self._reserved = None
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connection, sock=listening, backlog=BACKLOG)
        self._opening = None

    def _bind(self) -> socket.socket:
        # The protocol is named because asyncio sends small writes at once (TCP_NODELAY) only where it sees that it is
        # TCP; else each answer waits some 40 ms for the caller's delayed acknowledgement.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((self.host, self.port))
        except OSError:
            listening.close()
            raise
        self.port = listening.getsockname()[1]
        return listening

    def _connection(self) -> HttpConnection:
        return HttpConnection(self._app, self._connections, self._tasks)
