"""A listening socket at one address: opened, closed as in an outage, opened again at the same address."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

BACKLOG = 2048


class Gate:
    """Where callers come in. `serve` makes a server of a listening socket; connections are the server's affair.

    A port of 0 is chosen by the system at `open` and kept from then on.
    """

    def __init__(self, serve: Callable[[socket.socket], Awaitable[asyncio.Server]], host: str, port: int) -> None:
        self._serve = serve
        self._server: asyncio.Server | None = None
        self._opening: tuple[asyncio.Task[None], socket.socket] | None = None
        self._reserved: socket.socket | None = None
        self._waiting: list[socket.socket] = []
        self.host = host
        self.port = port

    async def open(self) -> None:
        """Listen. Raises: OSError when the address is taken."""
        await self._listen(self._bind())

    def cut(self) -> None:
        """Stop listening: from now on callers are refused. The address stays taken."""
        if self._opening is not None:
            task, listening = self._opening
            task.cancel()
            listening.close()
            self._opening = None
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._waiting and self._reserved is not None:
            self._turn_away(self._reserved)
            self._reserved.close()
            self._reserved = None
        if self._reserved is None:
            self._reserved = self._bind()

    def deafen(self) -> None:
        """Let nobody in and refuse nobody: from now on an attempt to connect gets no answer. The address stays taken.

        The queue of those who wait to be let in is as short as the system has it, and one of our own stands in it:
        Linux drops the first packet of whoever comes then.
        """
        self.cut()
        assert self._reserved is not None
        self._reserved.listen(0)
        self._waiting.append(socket.create_connection((self.host, self.port)))

    def reopen(self) -> None:
        """Listen again at the old address, from a callback: callers are taken in at once, and served as soon as the
        loop comes round. Nothing when it is open.
        """
        if self._reserved is None:
            return
        listening, self._reserved = self._reserved, None
        self._turn_away(listening)
        listening.listen(BACKLOG)
        self._opening = (asyncio.get_running_loop().create_task(self._listen(listening)), listening)

    def close(self) -> None:
        """Stop for good and let the address go."""
        self.cut()
        if self._reserved is not None:
            self._reserved.close()
            self._reserved = None

    def _turn_away(self, listening: socket.socket) -> None:
        """End our own waiting of `deafen`."""
        while self._waiting:
            self._waiting.pop().close()
            listening.accept()[0].close()

    async def _listen(self, listening: socket.socket) -> None:
        self._server = await self._serve(listening)
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
