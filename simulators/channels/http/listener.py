"""A party's server socket: opened, closed as in an outage, opened again at the same address.

The HTTP work is uvicorn's; what it has no words for is added here: a server among others on one loop, a connection
dropped without an answer, and a problem document for what is no HTTP at all.
"""

from __future__ import annotations

import asyncio
import functools
import socket
from collections.abc import Callable
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from ..gate import BACKLOG, Gate
from .exchange import CONNECTION

# Longer than clients keep idle connections: a server that hangs up first hits now and then on a request just sent, and
# that would be a fault which nobody ordered.
KEEP_ALIVE_S = 75


class _Protocol(HttpToolsProtocol):
    not_http: Callable[[], bytes] | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app = functools.partial(_with_connection, self.app, transport)

    def send_400_response(self, msg: str) -> None:
        if self.not_http is None:
            super().send_400_response(msg)
            return
        body = self.not_http()
        head = f"HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\ncontent-length: {len(body)}\r\n"
        self.transport.write(head.encode() + b"connection: close\r\n\r\n" + body)
        self.transport.close()


async def _with_connection(app: Any, transport: Any, scope: Any, receive: Any, send: Any) -> None:
    scope.setdefault("extensions", {})[CONNECTION] = transport
    await app(scope, receive, send)


class Listener:
    """One ASGI app at one address of the loopback interface. An app that has `not_http()` is asked for the answer to
    what is no HTTP request.
    """

    def __init__(self, app: Any, port: int = 0, host: str = "127.0.0.1") -> None:
        self._config = Config(
            app,
            interface="asgi3",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_S,
        )
        self._config.load()
        self._not_http: Callable[[], bytes] | None = getattr(app, "not_http", None)
        self._state = ServerState()
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
        tasks = tuple(self._state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _drop(self) -> None:
        for connection in list(self._state.connections):
            connection.transport.abort()

    async def _serve(self, listening: socket.socket) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(self._protocol, sock=listening, backlog=BACKLOG)

    def _protocol(self) -> asyncio.Protocol:
        protocol = _Protocol(config=self._config, server_state=self._state, app_state={})
        protocol.not_http = self._not_http
        return protocol
